import { shallowRef, type ShallowRef } from 'vue'
import type { WindowRoutes } from '#shared/contract/index.ts'
import type { ExportProgress, ExportResult } from '#shared/contract/exports.ts'
import { toAppError, type AppError } from '#shared/errors.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { Api } from '../api/api.ts'

export type ExportOrder = InputOf<WindowRoutes['exports.start']>

export type ExportState =
  | { kind: 'idle' }
  /** `startedAt` (epoch ms): when the first rows were written. null: a place is still being chosen. */
  | { kind: 'running'; progress: ExportProgress | null; startedAt: number | null }
  | { kind: 'done'; result: ExportResult; file: string }
  | { kind: 'failed'; error: AppError }

export interface ExporterContext {
  readonly state: ShallowRef<ExportState>
  start(order: ExportOrder): Promise<void>
  cancel(): void
  showFolder(): Promise<void>
  close(): void
}

/** One export at a time; it goes on when its page is left. */
export function createExporter(api: Api): ExporterContext {
  const state = shallowRef<ExportState>({ kind: 'idle' })
  let abort = new AbortController()

  async function start(order: ExportOrder): Promise<void> {
    if (state.value.kind === 'running') return
    abort = new AbortController()
    state.value = { kind: 'running', progress: null, startedAt: null }
    let startedAt: number | null = null
    const onProgress = (progress: ExportProgress): void => {
      startedAt ??= Date.now()
      state.value = { kind: 'running', progress, startedAt }
    }
    try {
      const {
        file,
        historyFile: _beside,
        ...result
      } = await api.call('exports.start', order, {
        signal: abort.signal,
        onProgress,
      })
      state.value = file === null ? { kind: 'idle' } : { kind: 'done', result, file }
    } catch (thrown) {
      const error = toAppError(thrown)
      state.value = error.code === 'cancelled' ? { kind: 'idle' } : { kind: 'failed', error }
    }
  }

  return {
    state,
    start,
    cancel: () => abort.abort(),
    async showFolder() {
      await api.call('exports.showLast', {})
    },
    close() {
      if (state.value.kind !== 'running') state.value = { kind: 'idle' }
    },
  }
}

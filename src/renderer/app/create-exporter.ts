import { shallowRef, type ShallowRef } from 'vue'
import type { OrderColumn } from '#domain/vocabulary.ts'
import type { ExportProgress } from '#shared/contract/exports.ts'
import type { OrderFilter, OrderSort } from '#shared/contract/orders.ts'
import { toAppError, type AppError } from '#shared/errors.ts'
import type { Api } from '../api/api.ts'

export interface ExportOrder {
  filter: OrderFilter
  sort: OrderSort
  columns: OrderColumn[]
  plain: boolean
}

export type ExportState =
  | { kind: 'idle' }
  | { kind: 'running'; progress: ExportProgress | null }
  | { kind: 'done'; rows: number; file: string }
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
    state.value = { kind: 'running', progress: null }
    const onProgress = (progress: ExportProgress): void => {
      state.value = { kind: 'running', progress }
    }
    try {
      const { rows, file } = await api.call('exports.start', order, { signal: abort.signal, onProgress })
      state.value = file === null ? { kind: 'idle' } : { kind: 'done', rows, file }
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

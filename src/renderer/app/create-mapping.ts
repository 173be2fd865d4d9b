import { shallowReactive } from 'vue'
import type { OrderType } from '#domain/vocabulary.ts'
import type { MappingRules, RerunProgress, RerunResult } from '#shared/contract/mapping.ts'
import { toAppError, type AppError } from '#shared/errors.ts'
import type { Api } from '../api/api.ts'

export type Rerun =
  | { kind: 'running'; progress: RerunProgress | null }
  | { kind: 'done'; result: RerunResult }
  | { kind: 'failed'; error: AppError }

export interface MappingContext {
  /** What was changed and not saved yet, by account and type: it waits while other pages are open. */
  readonly drafts: Map<string, MappingRules>
  /** By account and order type, the last re-run of this window. */
  rerunOf(accountId: string, type: OrderType): Rerun | null
  /** Goes on when its page is left. Never rejects. */
  rerun(accountId: string, type: OrderType): Promise<void>
  cancel(accountId: string, type: OrderType): void
  /** Takes its result off the page. */
  dismiss(accountId: string, type: OrderType): void
}

export function createMapping(api: Api): MappingContext {
  const reruns = shallowReactive(new Map<string, Rerun>())
  const aborts = new Map<string, AbortController>()
  const keyOf = (accountId: string, type: OrderType): string => `${type} ${accountId}`

  async function rerun(accountId: string, type: OrderType): Promise<void> {
    const key = keyOf(accountId, type)
    if (reruns.get(key)?.kind === 'running') return
    const abort = new AbortController()
    aborts.set(key, abort)
    reruns.set(key, { kind: 'running', progress: null })
    const onProgress = (progress: RerunProgress): void => void reruns.set(key, { kind: 'running', progress })
    try {
      const result = await api.call('mapping.rerun', { accountId, type }, { signal: abort.signal, onProgress })
      reruns.set(key, { kind: 'done', result })
    } catch (thrown) {
      reruns.set(key, { kind: 'failed', error: toAppError(thrown) })
    } finally {
      aborts.delete(key)
    }
  }

  return {
    drafts: shallowReactive(new Map<string, MappingRules>()),
    rerunOf: (accountId, type) => reruns.get(keyOf(accountId, type)) ?? null,
    rerun,
    cancel: (accountId, type) => aborts.get(keyOf(accountId, type))?.abort(),
    dismiss: (accountId, type) => void reruns.delete(keyOf(accountId, type)),
  }
}

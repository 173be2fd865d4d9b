import { shallowReactive } from 'vue'
import type { OrderType, Channel } from '#domain/vocabulary.ts'
import type { Range } from '#shared/contract/common.ts'
import type { Run, SyncProgress, SyncState } from '#shared/contract/sync.ts'
import { toAppError, type AppError } from '#shared/errors.ts'
import type { Api } from '../api/api.ts'

export interface SyncOrder {
  types: OrderType[]
  channel: Channel
  range: Range | null
}

/** What the merchant can press besides a sync: the rest of a range, a follow-up round, a reconcile. */
export type SyncAct = 'resume' | 'followUp' | 'reconcile'

/** What the merchant pressed in this window. `ended` stays null until the whole of it has ended. */
export interface PressedSync {
  progress: SyncProgress | null
  ended: { runs: readonly Run[]; error: AppError | null } | null
}

export interface SyncContext {
  /** By account id, as main last told it. */
  readonly states: ReadonlyMap<string, SyncState>
  readonly pressed: ReadonlyMap<string, PressedSync>
  load(accountId: string): Promise<void>
  /** Runs a sync to its end; the outcome stands in `pressed`. Lives on when its page is left. Never rejects. */
  press(accountId: string, order: SyncOrder): Promise<PressedSync>
  /** The same for what is no plain sync. */
  act(accountId: string, act: SyncAct): Promise<PressedSync>
  cancel(accountId: string): Promise<void>
  /** Whatever syncs this account now: a press of this window, or a repair by main. */
  isRunning(accountId: string): boolean
  progress(accountId: string): SyncProgress | null
  answerBackfill(accountId: string): Promise<void>
}

export function createSync(api: Api): SyncContext {
  const states = shallowReactive(new Map<string, SyncState>())
  const pressed = shallowReactive(new Map<string, PressedSync>())
  api.on('sync.changed', (state) => void states.set(state.accountId, state))

  async function load(accountId: string): Promise<void> {
    states.set(accountId, await api.call('sync.state', { accountId }))
  }

  async function track(
    accountId: string,
    ask: (options: { onProgress: (progress: SyncProgress) => void }) => Promise<{ runs: Run[] }>,
  ): Promise<PressedSync> {
    pressed.set(accountId, { progress: null, ended: null })
    const onProgress = (progress: SyncProgress): void => void pressed.set(accountId, { progress, ended: null })
    let ended: PressedSync['ended']
    try {
      const { runs } = await ask({ onProgress })
      ended = { runs, error: null }
    } catch (thrown) {
      ended = { runs: [], error: toAppError(thrown) }
    }
    await load(accountId).catch(() => undefined)
    const done = { progress: null, ended }
    pressed.set(accountId, done)
    return done
  }

  function underWay(accountId: string): boolean {
    return pressed.get(accountId)?.ended === null
  }

  return {
    states,
    pressed,
    load,
    press: (accountId, order) =>
      track(accountId, (options) => api.call('sync.start', { accountId, ...order }, options)),
    act: (accountId, act) => track(accountId, (options) => api.call(`sync.${act}`, { accountId }, options)),
    async cancel(accountId) {
      await api.call('sync.cancel', { accountId })
    },
    isRunning: (accountId) => underWay(accountId) || (states.get(accountId)?.running ?? null) !== null,
    progress: (accountId) => pressed.get(accountId)?.progress ?? states.get(accountId)?.running ?? null,
    async answerBackfill(accountId) {
      await api.call('sync.dismissBackfill', { accountId })
      await load(accountId)
    },
  }
}

import { hourMs } from '#domain/beijing-time.ts'
import type { Account } from '#shared/contract/accounts.ts'
import type { FollowUpState } from '#shared/contract/sync.ts'
import { AppError } from '#shared/errors.ts'
import type { FollowUpService } from './follow-up-service.ts'

/** The app has better things to do while it opens. */
const firstLookMs = 3 * 60_000
const lookEveryMs = 10 * 60_000
/** After a look that asked something, well or not, the account is left alone for so long. */
const restMs = hourMs

export interface FollowUpScheduleOptions {
  readonly followUp: Pick<FollowUpService, 'state' | 'round' | 'reconcile'>
  readonly sync: { isFree(accountId: string): boolean; now(accountId: string): number }
  /** The accounts whose data is open. */
  readonly accounts: () => readonly Pick<Account, 'id'>[]
  /** Sets a timer; returns the function that clears it. */
  readonly later: (work: () => void, delayMs: number) => () => void
  /** Monotonic ms. */
  readonly monotonicMs: () => number
  readonly log: { info(message: string): void; warn(message: string, cause?: unknown): void }
}

/**
 * Makes what is due by itself while the window is open. Whether something is due is read from what is durable at each
 * look, never from how long a timer has run: a computer that slept or a clock that jumped only makes a look come later
 * or find more. The rest after a look is monotonic, so that a clock set back does not silence it.
 */
export class FollowUpSchedule {
  readonly #options: FollowUpScheduleOptions
  readonly #restsUntil = new Map<string, number>()
  #clear: (() => void) | null = null
  #looking: Promise<void> | null = null

  constructor(options: FollowUpScheduleOptions) {
    this.#options = options
  }

  start(): void {
    this.#lookIn(firstLookMs)
  }

  stop(): void {
    this.#clear?.()
    this.#clear = null
  }

  /** The computer woke up: timers may be late by as long as it slept. Without effect unless started. */
  wake(): void {
    if (this.#clear !== null) void this.look()
  }

  /** Looks at every account, one after the other. Never throws. */
  look(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  #lookIn(delayMs: number): void {
    this.#clear = this.#options.later(() => {
      void this.look().finally(() => {
        if (this.#clear !== null) this.#lookIn(lookEveryMs)
      })
    }, delayMs)
  }

  async #lookAtAll(): Promise<void> {
    for (const { id } of this.#options.accounts())
      await this.#lookAt(id).catch((thrown: unknown) => {
        // Something of the merchant's, or a repair after a sleep, began meanwhile: nothing was asked.
        if (thrown instanceof AppError && thrown.code === 'syncRunning') return
        this.#rest(id)
        this.#options.log.warn('a follow-up could not be made', thrown)
      })
  }

  async #lookAt(accountId: string): Promise<void> {
    const { followUp, sync, monotonicMs, log } = this.#options
    if (monotonicMs() < (this.#restsUntil.get(accountId) ?? -Infinity) || !sync.isFree(accountId)) return
    const state = await followUp.state(accountId)
    const due = whatIsDue(state, sync.now(accountId))
    if (due === null) return
    if (due === 'reconcile') await followUp.reconcile(accountId, { background: true })
    else await followUp.round(accountId, 'due', { background: true })
    this.#rest(accountId)
    log.info(`made by schedule: ${due}`)
  }

  #rest(accountId: string): void {
    this.#restsUntil.set(accountId, this.#options.monotonicMs() + restMs)
  }
}

/** Nothing before the merchant's first sync. The weekly reconcile goes first: it reads a good part of what a round would. */
export function whatIsDue(state: FollowUpState, now: number): 'reconcile' | 'followUp' | null {
  const { nextReconcileAt, nextAt } = state
  if (!state.on || state.callsLeft === 0 || nextReconcileAt === null) return null
  if (nextReconcileAt <= now) return 'reconcile'
  return nextAt !== null && nextAt <= now && state.calls > 0 ? 'followUp' : null
}

import { toBeijing } from '#domain/beijing-time.ts'
import type { SyncState } from '#shared/contract/sync.ts'
import type { Notices } from '../settings/notices.ts'

/** A difference to the server's clock that is worth a word. */
const tellFromMs = 5 * 60_000

export interface ClockNoticeOptions {
  readonly notices: Pick<Notices, 'add' | 'dismiss'>
  /** A practice world has a time of its own. */
  readonly isPractice: (accountId: string) => boolean
  readonly clock: { now(): number }
  readonly log: { warn(message: string): void }
}

/**
 * Points out a PC clock that is wrong by more than 5 minutes against the server's Date header; once, and until it is
 * right again. Nothing else hangs on it: every time is corrected by that header anyway.
 */
export class ClockNotice {
  readonly #options: ClockNoticeOptions
  #shown: string | null = null

  constructor(options: ClockNoticeOptions) {
    this.#options = options
  }

  after({ accountId, clockSkewMs }: Pick<SyncState, 'accountId' | 'clockSkewMs'>): void {
    const { notices, isPractice, clock, log } = this.#options
    if (clockSkewMs === null || isPractice(accountId)) return
    if (Math.abs(clockSkewMs) <= tellFromMs) {
      if (this.#shown !== null) notices.dismiss(this.#shown)
      this.#shown = null
      return
    }
    if (this.#shown !== null) return
    const minutes = String(Math.round(Math.abs(clockSkewMs) / 60_000))
    this.#shown = notices.add('clockSkew', { minutes, time: toBeijing(clock.now() + clockSkewMs) })
    log.warn(`this computer's clock is ${clockSkewMs > 0 ? 'behind' : 'ahead of'} the server's by ${minutes} minutes`)
  }
}

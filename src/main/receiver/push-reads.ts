import type { Run } from '#shared/contract/sync.ts'
import { toAppError } from '#shared/errors.ts'
import type { Log } from '../log/log.ts'

export interface PushReadsOptions {
  readonly isFree: (accountId: string) => boolean
  /** Makes the range reads that are due, through throttle and quota; none: nothing is left to look for. */
  readonly readWanted: (accountId: string, signal: AbortSignal) => Promise<Run[]>
  readonly log: Log
  /** From the first push without an order to the read: what comes meanwhile shares it. */
  readonly delayMs?: number
  /** The least time between two reads of an account. */
  readonly gapMs?: number
}

/** Range reads for pushes that have no order: one read for many pushes, never while a sync runs, and not too often. */
export class PushReads {
  readonly #options: PushReadsOptions
  readonly #timers = new Map<string, NodeJS.Timeout>()
  readonly #lastAt = new Map<string, number>()
  readonly #stopped = new AbortController()
  #reading: Promise<unknown> = Promise.resolve()

  constructor(options: PushReadsOptions) {
    this.#options = options
  }

  /** Pushes of the account wait for their order. */
  want(accountId: string): void {
    if (this.#timers.has(accountId) || this.#stopped.signal.aborted) return
    const delayMs = this.#options.delayMs ?? 20_000
    const lastAt = this.#lastAt.get(accountId)
    const gapLeftMs = lastAt === undefined ? 0 : lastAt + (this.#options.gapMs ?? 300_000) - performance.now()
    const timer = setTimeout(
      () => {
        this.#timers.delete(accountId)
        this.#reading = this.#read(accountId)
      },
      Math.max(delayMs, gapLeftMs),
    )
    timer.unref()
    this.#timers.set(accountId, timer)
  }

  /** Makes no further reads; one under way is cancelled and waited for. */
  async stop(): Promise<void> {
    this.#stopped.abort()
    for (const timer of this.#timers.values()) clearTimeout(timer)
    this.#timers.clear()
    await this.#reading
  }

  async #read(accountId: string): Promise<void> {
    if (!this.#options.isFree(accountId)) return this.want(accountId)
    this.#lastAt.set(accountId, performance.now())
    try {
      const runs = await this.#options.readWanted(accountId, this.#stopped.signal)
      // What is still not found is looked for further back the next time, until nothing is due.
      if (runs.length > 0) this.want(accountId)
    } catch (thrown) {
      const { code } = toAppError(thrown)
      if (code === 'syncRunning') this.want(accountId)
      else this.#options.log.warn(`orders of pushes could not be looked for: ${code}`)
    }
  }
}

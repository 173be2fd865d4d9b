import { beijingDay } from '#domain/beijing-time.ts'
import type { DatabaseEvents, DatabaseRoutes } from '#shared/database/contract.ts'
import type { Client } from '#shared/rpc/route.ts'
import type { ServerClock } from './server-clock.ts'

interface CountedCall {
  attemptId: number
  /** The Beijing day it was counted for. */
  day: string
  /** Monotonic ms. */
  sentAt: number
}

/** Calls that failed one after the other without a word of the server's; more would be told too late anyway. */
const mostRemembered = 100

/**
 * Counts each call for the day on which the server saw it. A PC clock may be wrong until a reply's Date header has
 * proved it, so calls are remembered until then, by how long ago they left: that no wall clock can shift.
 */
export class CountByDay {
  readonly #monotonic: () => number
  #unproved: CountedCall[] = []

  constructor(monotonic: () => number = () => performance.now()) {
    this.#monotonic = monotonic
  }

  left(attemptId: number, day: string): void {
    this.#unproved = [...this.#unproved, { attemptId, day, sentAt: this.#monotonic() }].slice(-mostRemembered)
  }

  /** The clock has just been proved: puts right what was counted for another day. */
  async proved(database: Client<DatabaseRoutes, DatabaseEvents>, clock: ServerClock): Promise<void> {
    const calls = this.#unproved
    this.#unproved = []
    for (const { attemptId, day, sentAt } of calls) {
      const right = beijingDay(clock.now() - (this.#monotonic() - sentAt))
      if (right !== day) await database.call('attempts.redate', { attemptId, day: right })
    }
  }
}

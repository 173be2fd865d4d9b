import { setTimeout as delay } from 'node:timers/promises'
import type { Session } from '../session.ts'
import { createSlicer, untilNextTurn } from '../steps.ts'
import { countDayTx, countMonthTx } from './count-period.ts'
import { judgeTx } from './judge.ts'

/** Merges come in rows: their days are counted once the row is over, not after each. */
const quietMs = 1_500
/** But no row of writes, such as a note that is being typed, puts the count off for longer. */
const longestMs = 6_000
/** How long one transaction goes on, unless another write waits. Each end costs a way to the disk. */
const turnMs = 250

interface Due {
  account: number
  day: string
}

/**
 * Keeps the figures of days and months: what is written to orders notes their days as due, and here they are counted
 * anew, in the background and in short turns. What an early end leaves is still due at the next start.
 */
export class Recounter {
  readonly #session: Session
  readonly #tell: (accountId: string) => void
  /** Counts up whenever figures were counted anew. */
  rounds = 0
  #running: Promise<void> | null = null
  #timer: NodeJS.Timeout | null = null
  /** When the first write of this row came. */
  #since: number | null = null

  constructor(session: Session, tell: (accountId: string) => void) {
    this.#session = session
    this.#tell = tell
  }

  /** Orders may have changed: counts soon. */
  wake(): void {
    const now = performance.now()
    this.#since ??= now
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#begin(), Math.max(0, Math.min(quietMs, this.#since + longestMs - now)))
    this.#timer.unref()
  }

  #begin(): void {
    this.#since = null
    void this.now()
  }

  /** Counts at once. Resolves when nothing is due any more; a failure is logged, and what is due stays due. */
  now(): Promise<void> {
    this.#running ??= this.#count()
      .catch((error: unknown) => {
        if (this.#session.orders.isOpen) this.#session.log(`counting days failed: ${String(error)}`)
      })
      .finally(() => {
        this.#running = null
      })
    return this.#running
  }

  /** Counts at once, and waits for it no longer than so many ms. */
  async within(ms: number): Promise<void> {
    await Promise.race([this.now(), delay(ms, undefined, { ref: false })])
  }

  /** Days and months of an account that are to be counted anew. */
  pending(account: number | null): number {
    const sql = 'SELECT count(*) AS count FROM statistics_due WHERE account = ?'
    return this.#session.orders.get<{ count: number }>(sql, [account])?.count ?? 0
  }

  async #count(): Promise<void> {
    const { orders } = this.#session
    const counted = new Set<number>()
    try {
      while (orders.isOpen && this.#next() !== undefined) {
        await orders.writeInBackground(() => this.#turnTx(counted))
        this.rounds += 1
        await untilNextTurn()
      }
    } finally {
      if (orders.isOpen) for (const account of counted) this.#tellOf(account)
    }
  }

  async #turnTx(counted: Set<number>): Promise<void> {
    const { orders } = this.#session
    const endsAt = performance.now() + turnMs
    const goesOn = (): boolean => !orders.isWanted && performance.now() < endsAt
    const slice = createSlicer()
    for (let due = this.#next(); due !== undefined; due = goesOn() ? this.#next() : undefined) {
      const { account, day } = due
      counted.add(account)
      // A day that is not judged to its end stays due.
      if (isDay.test(day) && !(await judgeTx(orders, due, slice, goesOn))) return
      if (day.length === 7) countMonthTx(orders, account, day)
      else if (isDay.test(day)) {
        await countDayTx(orders, account, day, slice)
        orders.run('INSERT OR IGNORE INTO statistics_due VALUES (?, ?)', [account, day.slice(0, 7)])
      }
      orders.run('DELETE FROM statistics_due WHERE account = ? AND day = ?', [account, day])
      await slice()
    }
  }

  /** The newest days first, months after their days. */
  #next(): Due | undefined {
    return this.#session.orders.get<Due>(
      `SELECT account, day FROM statistics_due WHERE account IN (SELECT id FROM accounts WHERE forgotten = 0)
       ORDER BY length(day) = 7, day DESC LIMIT 1`,
    )
  }

  #tellOf(account: number): void {
    const sql = 'SELECT account_id AS id FROM accounts WHERE id = ? AND forgotten = 0'
    const row = this.#session.orders.get<{ id: string }>(sql, [account])
    if (row !== undefined) this.#tell(row.id)
  }
}

const isDay = /^\d{4}-\d{2}-\d{2}$/

import { findReply, type ReplyRow } from '../replies/reply-row.ts'
import type { Session } from '../session.ts'

/** What of an order tells where it comes from. */
export interface OrderTraces {
  pushed: number
  pull_order: number
  first_seen_at: number
  changes: readonly { pull_order: number; push: number | null }[]
}

interface Merged {
  uid: string
  pull_order: number
  /** null: merged before this was counted. */
  received: number | null
}

/** Which raw replies of an account and type are still there, and which have expired. */
export class Sources {
  readonly #session: Session
  readonly #account: number
  readonly #type: number
  /** Seen at, by pull. */
  readonly #pulls = new Map<number, number>()
  /** The first pull that was seen at a time. */
  readonly #firstPull = new Map<number, number>()
  readonly #taken = new Set<string>()
  #expired: readonly number[] = []

  constructor(session: Session, account: number, type: number) {
    this.#session = session
    this.#account = account
    this.#type = type
  }

  /** Merged replies that were not taken before, in pull order; from here on they count as there. */
  take(): ReplyRow[] {
    const { replies } = this.#session
    const there = replies.all<{ id: number; uid: string }>(
      `SELECT id, uid FROM replies WHERE account = ? AND type = ? AND state = 'complete' ORDER BY attempt`,
      [this.#account, this.#type],
    )
    const merged = this.#merged()
    const present = new Set(there.map(({ uid }) => uid))
    // Expired replies that held nothing are no source that anything could miss.
    this.#expired = [...merged.values()]
      .filter(({ uid, received }) => received !== 0 && !present.has(uid))
      .map(({ pull_order }) => pull_order)
    const taken = there.filter(({ uid }) => merged.has(uid) && !this.#taken.has(uid))
    return taken.map(({ id, uid }) => {
      const reply = findReply(replies, id)
      const seenAt = reply.ended_at ?? reply.began_at
      this.#taken.add(uid)
      this.#pulls.set(reply.attempt, seenAt)
      this.#firstPull.set(seenAt, Math.min(reply.attempt, this.#firstPull.get(seenAt) ?? reply.attempt))
      return reply
    })
  }

  /** True where a merged reply waits to be taken. */
  hasNew(): boolean {
    const merged = this.#merged()
    return this.#session.replies
      .all<{ uid: string }>(`SELECT uid FROM replies WHERE account = ? AND type = ? AND state = 'complete'`, [
        this.#account,
        this.#type,
      ])
      .some(({ uid }) => merged.has(uid) && !this.#taken.has(uid))
  }

  isThere(pull: number): boolean {
    return this.#pulls.has(pull)
  }

  /** Replies that are still there tell of an entry: of its place and, where a newer push gave it that, of its words. */
  tells({ pull_order, seen_at }: { pull_order: number; seen_at: number }): boolean {
    return this.#pulls.has(pull_order) && this.#firstPull.has(seen_at)
  }

  /** Replies that are still there made the whole order: it can be built from them, or be gone with them. */
  explain(order: OrderTraces): boolean {
    const first = this.#firstPull.get(order.first_seen_at)
    if (order.pushed === 1 || first === undefined || !this.isThere(order.pull_order)) return false
    if (order.changes.some(({ push, pull_order }) => push !== null || !this.isThere(pull_order))) return false
    return !this.#expired.some((pull) => pull >= first && pull <= order.pull_order)
  }

  #merged(): Map<string, Merged> {
    const rows = this.#session.orders.all<Merged>(
      `SELECT m.uid, m.pull_order, m.received FROM merged_replies m LEFT JOIN attempts a ON a.id = m.pull_order
       LEFT JOIN requests q ON q.id = a.request
       WHERE m.account = ? AND (q.type IS NULL OR q.type = ?)`,
      [this.#account, this.#type],
    )
    return new Map(rows.map((row) => [row.uid, row]))
  }
}

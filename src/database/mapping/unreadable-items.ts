import type { UnreadableItem as ShownItem, unreadableReasons } from '#shared/contract/mapping.ts'
import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { UnreadableItem } from '#domain/mapper/types.ts'
import type { Connection } from '../connection.ts'
import { maskElement } from '../orders/mask-element.ts'
import { findAccount, typeNumber, type Session } from '../session.ts'

/** Where unreadable items were seen. */
export interface SeenIn {
  account: number
  type: number
  replyUid: string
  seenAt: number
}

const sameOriginal = `account = ? AND type = ? AND length(original) = length(?) AND substr(original, 1, 64) = substr(?, 1, 64)
  AND original = ?`

/** Notes items within a write; an element that was noted before is the same item, seen once more. */
export function noteUnreadableTx(orders: Connection, seen: SeenIn, items: readonly UnreadableItem[]): void {
  for (const { index, reason, original } of items) {
    const { account, type, replyUid, seenAt } = seen
    const folded = orders.run(
      `UPDATE unreadable_items SET times = times + 1, reason = ?, last_seen_at = max(coalesce(last_seen_at, seen_at), ?)
       WHERE ${sameOriginal}`,
      [reason, seenAt, account, type, original, original, original],
    )
    if (folded > 0) continue
    orders.run(
      `INSERT INTO unreadable_items (account, type, reply_uid, position, reason, original, seen_at, last_seen_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [account, type, replyUid, index, reason, original, seenAt, seenAt],
    )
  }
}

export function hasUnreadable(orders: Connection, { account, type }: Pick<SeenIn, 'account' | 'type'>): boolean {
  const sql = 'SELECT 1 FROM unreadable_items WHERE account = ? AND type = ? LIMIT 1'
  return orders.get(sql, [account, type]) !== undefined
}

/** Within a write: an element that has become an order is unreadable no more. */
export function resolveUnreadableTx(
  orders: Connection,
  { account, type }: Pick<SeenIn, 'account' | 'type'>,
  original: string,
): void {
  orders.run(`DELETE FROM unreadable_items WHERE ${sameOriginal}`, [account, type, original, original, original])
}

interface Row {
  id: number
  reason: (typeof unreadableReasons)[number]
  original: string
  seen_at: number
  last_seen_at: number | null
  times: number
}

const longestShown = 2_000

/** Newest first. */
export function listUnreadable(
  session: Session,
  input: InputOf<DatabaseRoutes['mapping.unreadable']>,
): OutputOf<DatabaseRoutes['mapping.unreadable']> {
  const { orders } = session
  const of = [findAccount(orders, input.accountId), typeNumber(input.type)]
  const where = 'FROM unreadable_items WHERE account = ? AND type = ?'
  const total = orders.get<{ count: number }>(`SELECT count(*) AS count ${where}`, of)?.count ?? 0
  const rows = orders.all<Row>(
    `SELECT id, reason, original, seen_at, last_seen_at, times ${where}
     ORDER BY coalesce(last_seen_at, seen_at) DESC, id DESC LIMIT ? OFFSET ?`,
    [...of, input.count, input.start],
  )
  return { items: rows.map((row) => shown(row, input.reveal)), total }
}

function shown(row: Row, reveal: boolean): ShownItem {
  // Masked before it is cut: half of a number would not be recognised any more.
  const text = reveal ? row.original : maskElement(row.original)
  return {
    id: row.id,
    reason: row.reason,
    original: text.length > longestShown ? `${text.slice(0, longestShown - 1)}…` : text,
    firstSeenAt: row.seen_at,
    lastSeenAt: row.last_seen_at ?? row.seen_at,
    times: row.times,
  }
}

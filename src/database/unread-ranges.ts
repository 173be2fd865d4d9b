import type { InputOf } from '#shared/rpc/route.ts'
import type { UnreadRange } from '#shared/contract/sync.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { withoutRange, type Range } from '#domain/ranges.ts'
import type { Channel } from '#domain/vocabulary.ts'
import type { Connection } from './connection.ts'
import { ensureAccountTx, findAccount, typeNumber, typeOf, type Session } from './session.ts'

interface UnreadRow {
  id: number
  type: number
  channel: Channel
  range_from: string
  range_to: string
}

/** More pieces than these are never shown; the rest waits its turn. */
const listed = 1_000

/** Asked for again, a range is noted once: what overlaps it becomes part of it. */
export async function wantRange(session: Session, input: InputOf<DatabaseRoutes['ranges.want']>): Promise<void> {
  const { orders } = session
  await orders.write(() => {
    const account = ensureAccountTx(orders, input.accountId)
    const of = { account, type: typeNumber(input.type), channel: input.channel }
    takeReadTx(orders, of, input.range, input.at)
    insertTx(orders, of, input.range, input.at)
  })
}

export async function dropUnread(session: Session, accountId: string): Promise<void> {
  const account = findAccount(session.orders, accountId)
  await session.orders.write(() => session.orders.run('DELETE FROM unread_ranges WHERE account = ?', [account]))
}

/** Oldest first. */
export function listUnread({ orders }: Session, account: number | null): UnreadRange[] {
  return orders
    .all<UnreadRow>(
      `SELECT id, type, channel, range_from, range_to FROM unread_ranges WHERE account = ?
       ORDER BY range_from, type LIMIT ?`,
      [account, listed],
    )
    .map((row) => ({ type: typeOf(row.type), channel: row.channel, range: rangeOfRow(row) }))
}

/** A window that was read whole takes its part away. */
export function takeReadTx(orders: Connection, of: UnreadOf, read: Range, at: number): void {
  for (const row of readRows(orders, of)) {
    orders.run('DELETE FROM unread_ranges WHERE id = ?', [row.id])
    for (const part of withoutRange(rangeOfRow(row), read)) insertTx(orders, of, part, at)
  }
}

export interface UnreadOf {
  account: number
  type: number
  channel: string
}

function readRows(orders: Connection, { account, type, channel }: UnreadOf): UnreadRow[] {
  return orders.all<UnreadRow>(
    `SELECT id, type, channel, range_from, range_to FROM unread_ranges WHERE account = ? AND type = ? AND channel = ?`,
    [account, type, channel],
  )
}

function insertTx(orders: Connection, { account, type, channel }: UnreadOf, range: Range, at: number): void {
  orders.insert(
    'INSERT INTO unread_ranges (account, type, channel, range_from, range_to, wanted_at) VALUES (?, ?, ?, ?, ?, ?)',
    [account, type, channel, range.from, range.to, at],
  )
}

function rangeOfRow({ range_from: from, range_to: to }: UnreadRow): Range {
  return { from, to }
}

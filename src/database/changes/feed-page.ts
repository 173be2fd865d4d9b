import { maskField } from '#domain/mask.ts'
import type { ChangesFilter, FeedChange, FeedPlace } from '#shared/contract/changes.ts'
import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { changesRoutes } from '#shared/contract/changes.ts'
import type { Connection, Value } from '../connection.ts'
import { toStatusChange, type ChangeRow } from '../orders/detail.ts'
import { findAccount, typeNumber, typeOf, type Session } from '../session.ts'
import { readMarks, type Marks } from './feed-marks.ts'
import { fromSql, readMoves, toSql } from './moves.ts'

/** With more moves than these, most changes match and the time index finds them soon. */
const mostMoves = 100

interface FeedRow extends ChangeRow {
  order_id: number
  type: number
  order_no: string
  product_name: string | null
  customer_name: string | null
  phone: string | null
  is_read: number
}

/** One page of the feed, newest first, after a place in it. Every page costs the same, however deep it lies. */
export function readFeedPage(
  { orders }: Session,
  { filter, after, count, reveal }: InputOf<(typeof changesRoutes)['changes.page']>,
): OutputOf<(typeof changesRoutes)['changes.page']> {
  const account = findAccount(orders, filter.accountId)
  if (account === null) return { changes: [], next: null }
  const places = findPlaces(orders, account, filter, after, count)
  const rows = orders.all<FeedRow>(selectRows, [JSON.stringify(places.map(({ id }) => id))])
  const marks = readMarks(orders, account)
  const last = places.at(-1)
  return {
    changes: rows.map((row) => toFeedChange(row, marks, reveal)),
    next: places.length < count || last === undefined ? null : last,
  }
}

const selectRows = `SELECT c.id, c.axis, c.had_before, c.from_word, c.from_code, c.to_word, c.to_code, c.stage, c.backward,
    c.seen_at, c.upstream_at, c.run, c.push, c.order_id, o.type, o.order_no, o.product_name, o.customer_name, o.phone,
    EXISTS (SELECT 1 FROM read_changes r WHERE r.change_id = c.id) AS is_read
  FROM (SELECT key AS position, value AS wanted FROM json_each(?))
  CROSS JOIN status_changes c ON c.id = wanted JOIN orders o ON o.id = c.order_id ORDER BY position`

function findPlaces(
  orders: Connection,
  account: number,
  filter: ChangesFilter,
  after: FeedPlace | null,
  count: number,
): FeedPlace[] {
  const { type, axis, from, to, backward } = filter
  const everything = type === null && axis === null && from === null && to === null
  // Few moves go backward: their own index is soon read through.
  const moves = everything || backward ? null : readMoves(orders, account, filter)
  if (moves === null || moves.length > mostMoves) return byTime(orders, account, filter, after, count)
  return byMoves(orders, account, moves, after, count)
}

const newestFirst = 'ORDER BY seen_at DESC, id DESC LIMIT'
const older = (after: FeedPlace | null): string => (after === null ? '' : 'AND (seen_at, id) < (?, ?)')
const placeValues = (after: FeedPlace | null): Value[] => (after === null ? [] : [after.seenAt, after.id])

function byTime(
  orders: Connection,
  account: number,
  { type, axis, from, to, backward }: ChangesFilter,
  after: FeedPlace | null,
  count: number,
): FeedPlace[] {
  const parts: [string, Value][] = []
  if (type !== null) parts.push(['type = ?', typeNumber(type)])
  if (axis !== null) parts.push(['axis = ?', axis])
  if (from !== null) parts.push([`${fromSql} = ?`, from])
  if (to !== null) parts.push([`${toSql} = ?`, to])
  return orders.all<FeedPlace>(
    `SELECT seen_at AS seenAt, id FROM status_changes INDEXED BY ${backward ? 'changes_backward' : 'changes_by_time'}
     WHERE account = ? AND had_before = 1 ${backward ? 'AND backward = 1' : ''} ${older(after)} ${parts.map(([sql]) => `AND ${sql}`).join(' ')} ${newestFirst} ?`,
    [account, ...placeValues(after), ...parts.map(([, value]) => value), count],
  )
}

/** The newest of each move, then the newest of those: each is read in order from its line of the index. */
function byMoves(
  orders: Connection,
  account: number,
  moves: ReturnType<typeof readMoves>,
  after: FeedPlace | null,
  count: number,
): FeedPlace[] {
  const found = moves.flatMap(({ type, axis, from, to }) => {
    const same = (sql: string, value: string | null): string => (value === null ? `${sql} IS NULL` : `${sql} = ?`)
    const values = [to, from].filter((value) => value !== null)
    return orders.all<FeedPlace>(
      `SELECT seen_at AS seenAt, id FROM status_changes INDEXED BY changes_by_move
       WHERE account = ? AND axis = ? AND type = ? AND had_before = 1 AND ${same(toSql, to)} AND ${same(fromSql, from)}
         ${older(after)} ${newestFirst} ?`,
      [account, axis, type, ...values, ...placeValues(after), count],
    )
  })
  return found.toSorted((one, other) => other.seenAt - one.seenAt || other.id - one.id).slice(0, count)
}

function toFeedChange(row: FeedRow, marks: Marks, reveal: boolean): FeedChange {
  const shown = (field: 'customerName' | 'phone', value: string | null): string | null =>
    value === null ? null : (reveal ? value : maskField(field, value)).slice(0, longestCell)
  return {
    ...toStatusChange(row),
    unread: row.seen_at > marks.read_at && row.is_read === 0,
    order: {
      id: row.order_id,
      type: typeOf(row.type),
      orderNo: row.order_no.slice(0, longestCell),
      productName: row.product_name?.slice(0, longestCell) ?? null,
      customerName: shown('customerName', row.customer_name),
      phone: shown('phone', row.phone),
    },
  }
}

const longestCell = 2_000

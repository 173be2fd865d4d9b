import { maskField } from '#domain/mask.ts'
import { axes, orderFields, type OrderColumn } from '#domain/vocabulary.ts'
import { pushStates, type PushCounts, type PushItem, type PushState } from '#shared/contract/receiver.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { maskOriginal } from '../orders/mask-original.ts'
import { findAccount, typeOf, type Session } from '../session.ts'
import { countUnmerged } from './push-bodies.ts'
import { pushedOrderOf, type PushedRow } from './pushed-row.ts'

interface Row extends PushedRow {
  state: PushState
  last_received_at: number
  repeats: number
  order_id: number | null
  found_no: string | null
  found_type: number | null
}

const shownLength = 2_000

/** Newest first, personal values masked. */
export function listPushes(session: Session, input: InputOf<DatabaseRoutes['pushes.list']>): PushItem[] {
  const { orders } = session
  const states = input.states.length === 0 ? pushStates : input.states
  const rows = orders.all<Row>(
    `SELECT p.id, p.state, p.received_at, p.last_received_at, p.repeats, p.after_attempt, p.run, p.order_no, p.own_no, p.said,
       p.original, p.order_id, o.order_no AS found_no, o.type AS found_type
     FROM pushed_items p LEFT JOIN orders o ON o.id = p.order_id
     WHERE p.account = ? AND p.id < ? AND p.state IN (${states.map(() => '?').join(', ')}) ORDER BY p.id DESC LIMIT ?`,
    [findAccount(orders, input.accountId), input.before ?? Number.MAX_SAFE_INTEGER, ...states, input.count],
  )
  return rows.map(toItem)
}

export function countPushes(session: Session, accountId: string): PushCounts {
  const { orders, replies } = session
  const account = findAccount(orders, accountId)
  const rows = orders.all<{ state: PushState; count: number; last: number }>(
    `SELECT state, count(*) AS count, max(last_received_at) AS last FROM pushed_items WHERE account = ? GROUP BY state`,
    [account],
  )
  const count = (state: PushState): number => rows.find((row) => row.state === state)?.count ?? 0
  return {
    merged: count('merged'),
    unmatched: count('unmatched'),
    several: count('several'),
    product: count('product'),
    unreadable: count('unreadable'),
    waiting: countUnmerged(replies, accountId),
    lastReceivedAt: rows.length === 0 ? null : Math.max(...rows.map((row) => row.last)),
  }
}

function toItem(row: Row): PushItem {
  const isOrder = row.state !== 'product' && row.state !== 'unreadable'
  const order = isOrder ? pushedOrderOf(row) : null
  const said: PushItem['said'] = []
  const add = (column: OrderColumn, value: string | undefined): void => {
    if (value !== undefined) said.push({ column, value: value.slice(0, shownLength) })
  }
  for (const axis of axes) {
    const value = order?.axes[axis]
    add(axis === 'production' ? 'status' : axis, value?.word ?? value?.code ?? undefined)
  }
  for (const field of orderFields) {
    const value = order?.fields[field]
    add(field, value === undefined ? undefined : maskField(field, value))
  }
  return {
    id: row.id,
    state: row.state,
    channel: row.run === null ? 'push' : 'callback',
    receivedAt: row.received_at,
    lastReceivedAt: row.last_received_at,
    repeats: row.repeats,
    orderNo: row.order_no,
    ownNo: row.own_no,
    order:
      row.order_id === null || row.found_no === null || row.found_type === null
        ? null
        : { id: row.order_id, orderNo: row.found_no.slice(0, shownLength), type: typeOf(row.found_type) },
    said,
    original: maskOriginal(row.original.slice(0, 100_000), order?.fields ?? {}).slice(0, shownLength),
  }
}

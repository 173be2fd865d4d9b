import { emptyAxes, mergeOrder, type AxisChange, type StoredOrder } from '#domain/merge-order.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { axes, type Axis, type AxisValue } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { fromCells, insertChangeTx } from './history.ts'
import type { ChangeSource } from './pull.ts'

/** An order as a later pull left it. */
export interface LaterOrder {
  id: number
  /** The later pull. */
  pullOrder: number
  stored: StoredOrder
}

interface Entry {
  id: number
  to_word: string | null
  to_code: string | null
}

/**
 * History of a pull that is merged after a later one: what it said of each axis goes between the entries around it, so
 * that the timeline comes out as if the pulls had been merged in the order in which they left. True: it changed.
 */
export function insertLateChangesTx(
  orders: Connection,
  order: LaterOrder,
  pull: ChangeSource,
  incoming: MappedOrder,
): boolean {
  let changed = false
  for (const axis of axes) {
    const said = incoming.axes[axis]
    if (said === null) continue
    const previous = entryAround(orders, order.id, axis, pull.pullOrder, 'before')
    const change = changeBetween(incoming, axis, previous === null ? null : valueOf(previous), said)
    if (change === null) continue
    changed = true
    const next = entryAround(orders, order.id, axis, pull.pullOrder, 'after')
    const onward = next === null ? null : changeBetween(incoming, axis, said, valueOf(next))
    if (next !== null && onward === null) {
      moveEarlierTx(orders, next, pull)
      continue
    }
    insertChangeTx(orders, order.id, pull, { ...change, stage: incoming.stage })
    if (next !== null && onward !== null) followTx(orders, next, onward)
    else returnToStoredTx(orders, order, pull, incoming, axis)
  }
  if (changed) flagBackwardTx(orders, order.id)
  return changed
}

/** The flag tells of the last entries, which may be new ones now. */
function flagBackwardTx(orders: Connection, orderId: number): void {
  const last = '(SELECT max(pull_order) FROM status_changes WHERE order_id = ?)'
  const flag = `(SELECT max(backward) FROM status_changes WHERE order_id = ? AND pull_order = ${last})`
  orders.run(`UPDATE orders SET backward = ${flag} WHERE id = ?`, [orderId, orderId, orderId])
}

/** What merging `to` onto `from` would enter for one axis; null: they say the same. */
function changeBetween(incoming: MappedOrder, axis: Axis, from: AxisValue | null, to: AxisValue): AxisChange | null {
  const before = { fields: {}, axes: { ...emptyAxes(), [axis]: from }, stage: incoming.stage }
  return mergeOrder(before, { ...incoming, axes: { ...emptyAxes(), [axis]: to } }).changes[0] ?? null
}

function entryAround(
  orders: Connection,
  orderId: number,
  axis: Axis,
  pullOrder: number,
  side: 'before' | 'after',
): Entry | null {
  const [compare, direction] = side === 'before' ? ['<=', 'DESC'] : ['>', 'ASC']
  const sql = `SELECT id, to_word, to_code FROM status_changes WHERE order_id = ? AND axis = ?
    AND pull_order ${compare} ? ORDER BY pull_order ${direction}, id ${direction} LIMIT 1`
  return orders.get<Entry>(sql, [orderId, axis, pullOrder]) ?? null
}

function valueOf(entry: Entry): AxisValue {
  return { word: entry.to_word, code: entry.to_code }
}

/** The later pull only saw again what this one had seen first. */
function moveEarlierTx(orders: Connection, entry: Entry, pull: ChangeSource): void {
  const sql = 'UPDATE status_changes SET seen_at = ?, run = ?, pull_order = ?, push = ? WHERE id = ?'
  orders.run(sql, [pull.seenAt, pull.run, pull.pullOrder, pull.push ?? null, entry.id])
}

/** The entry after the new one now comes from it. */
function followTx(orders: Connection, entry: Entry, change: AxisChange): void {
  const sql = 'UPDATE status_changes SET had_before = ?, from_word = ?, from_code = ?, backward = ? WHERE id = ?'
  orders.run(sql, [...fromCells(change.from), change.backward ? 1 : 0, entry.id])
}

/** No entry comes after, yet the later pull said something else: it went there again, and that is an entry too. */
function returnToStoredTx(
  orders: Connection,
  { id, pullOrder, stored }: LaterOrder,
  pull: ChangeSource,
  incoming: MappedOrder,
  axis: Axis,
): void {
  const now = stored.axes[axis]
  const said = incoming.axes[axis]
  const back = now === null || said === null ? null : changeBetween(incoming, axis, said, now)
  if (back === null) return
  const later = orders.get<{ seenAt: number; run: number | null }>(
    `SELECT coalesce(a.ended_at, a.sent_at) AS seenAt, q.run AS run FROM attempts a
     LEFT JOIN requests q ON q.id = a.request WHERE a.id = ?`,
    [pullOrder],
  )
  const seen = { pullOrder, seenAt: later?.seenAt ?? pull.seenAt, run: later?.run ?? pull.run }
  insertChangeTx(orders, id, seen, { ...back, stage: stored.stage, upstreamAt: null })
}

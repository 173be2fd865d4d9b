import { emptyAxes, mergeOrder, type AxisChange, type StoredOrder } from '#domain/merge-order.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { axes, type Axis, type AxisValue } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { insertChangeTx } from './history.ts'
import type { ChangeSource } from './pull.ts'
import {
  enterAgainTx,
  entriesAround,
  firstLater,
  flagBackwardTx,
  followTx,
  moveEarlierTx,
  placeBefore,
  placeOf,
  valueOf,
  type Entry,
  type Later,
} from './timeline.ts'

/** An order as a later pull left it. */
export interface LaterOrder {
  id: number
  /** The later pull. */
  pullOrder: number
  stored: StoredOrder
}

/**
 * History of a pull that is merged after a later one: what it said of each axis goes between the entries around it, so
 * that the timeline comes out as if the pulls had been merged in the order in which they left. Likewise of an older
 * push; `later`: by the upstream's own time. True: it changed.
 */
export function insertLateChangesTx(
  orders: Connection,
  order: LaterOrder,
  source: ChangeSource,
  incoming: MappedOrder,
  later: Later | null,
): boolean {
  let changed = false
  for (const axis of axes) {
    const said = incoming.axes[axis]
    if (said === null) continue
    const first = later === null ? null : firstLater(orders, order.id, axis, later)
    const tells =
      first === null
        ? insertAxisTx(orders, order, source, incoming, axis, said)
        : insertBeforeTx(orders, order.id, source, incoming, axis, said, first)
    changed ||= tells
  }
  if (changed) flagBackwardTx(orders, order.id)
  return changed
}

/**
 * History of a pull that newer pushes overrule: what it said goes before their entries. An axis of which nothing is known
 * to be later is left alone. True: it changed.
 */
export function insertOverruledTx(
  orders: Connection,
  orderId: number,
  source: ChangeSource,
  incoming: MappedOrder,
  later: Later,
): boolean {
  let changed = false
  for (const axis of axes) {
    const said = incoming.axes[axis]
    const first = said === null ? null : firstLater(orders, orderId, axis, later)
    if (said !== null && first !== null)
      changed = insertBeforeTx(orders, orderId, source, incoming, axis, said, first) || changed
  }
  if (changed) flagBackwardTx(orders, orderId)
  return changed
}

function insertAxisTx(
  orders: Connection,
  order: LaterOrder,
  source: ChangeSource,
  incoming: MappedOrder,
  axis: Axis,
  said: AxisValue,
): boolean {
  const { previous, next } = entriesAround(orders, order.id, axis, placeOf(source))
  const change = changeBetween(incoming, axis, previous, said)
  if (change === null) return false
  const onward = next === null ? null : changeBetween(incoming, axis, said, next)
  if (next !== null && onward === null) return moveEarlierTx(orders, next, source)
  insertChangeTx(orders, order.id, source, { ...change, stage: incoming.stage })
  if (next !== null && onward !== null) followTx(orders, next, onward)
  else returnToStoredTx(orders, order, source, incoming, axis)
  return true
}

/** What stands there already, or comes next anyway, needs no entry. */
function insertBeforeTx(
  orders: Connection,
  orderId: number,
  source: ChangeSource,
  incoming: MappedOrder,
  axis: Axis,
  said: AxisValue,
  first: Entry,
): boolean {
  const place = placeBefore(first, source)
  const { previous, next } = entriesAround(orders, orderId, axis, place)
  const change = changeBetween(incoming, axis, previous, said)
  const onward = next === null ? null : changeBetween(incoming, axis, said, next)
  if (change === null || next === null || onward === null) return false
  insertChangeTx(orders, orderId, { ...source, pullOrder: place[0] }, { ...change, stage: incoming.stage })
  followTx(orders, next, onward)
  enterAgainTx(orders, orderId, place)
  return true
}

/** What merging `to` onto `from` would enter for one axis; null: they say the same. */
function changeBetween(
  incoming: MappedOrder,
  axis: Axis,
  from: Entry | AxisValue | null,
  to: Entry | AxisValue,
): AxisChange | null {
  const before = { fields: {}, axes: { ...emptyAxes(), [axis]: from && asValue(from) }, stage: incoming.stage }
  return mergeOrder(before, { ...incoming, axes: { ...emptyAxes(), [axis]: asValue(to) } }).changes[0] ?? null
}

function asValue(said: Entry | AxisValue): AxisValue {
  return 'id' in said ? valueOf(said) : said
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

import type { AxisChange } from '#domain/merge-order.ts'
import type { Axis, AxisValue } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { fromCells } from './history.ts'
import type { ChangeSource } from './pull.ts'

/** An entry of an order's timeline, as far as its neighbours are concerned. */
export interface Entry {
  id: number
  to_word: string | null
  to_code: string | null
  pull_order: number
  pushed: number
  seen_at: number
}

/**
 * A timeline's order: by pull; a pull's own entries before those of pushes that came after its reply; then as entered.
 * Behind everything of its pull and kind stands what is entered `last`.
 */
export const inOrder = 'pull_order, push IS NOT NULL, id'
export type Place = readonly [pullOrder: number, pushed: number, id: number]
const last = Number.MAX_SAFE_INTEGER

const selectEntry = 'SELECT id, to_word, to_code, pull_order, push IS NOT NULL AS pushed, seen_at FROM status_changes'

/** Where a change stands that came when it came. */
export function placeOf({ pullOrder, push }: ChangeSource): Place {
  return [pullOrder, push === undefined ? 0 : 1, last]
}

/** Where a change stands that is older than an entry: a pull's before every push of that place, a push's behind the pull before. */
export function placeBefore(entry: Entry, { push }: ChangeSource): Place {
  const { pull_order: pullOrder, pushed, id } = entry
  if (push === undefined) return [pullOrder, 0, pushed === 1 ? last : id]
  return pushed === 1 ? [pullOrder, 1, id] : [pullOrder - 1, 1, last]
}

/** The entries between which one at that place stands. */
export function entriesAround(
  orders: Connection,
  orderId: number,
  axis: Axis,
  place: Place,
): { previous: Entry | null; next: Entry | null } {
  const find = (compare: '<' | '>=', direction: 'DESC' | 'ASC'): Entry | null => {
    const sql = `${selectEntry} WHERE order_id = ? AND axis = ? AND (${inOrder}) ${compare} (?, ?, ?)
      ORDER BY pull_order ${direction}, push IS NOT NULL ${direction}, id ${direction} LIMIT 1`
    return orders.get<Entry>(sql, [orderId, axis, ...place]) ?? null
  }
  return { previous: find('<', 'DESC'), next: find('>=', 'ASC') }
}

export function valueOf(entry: Entry): AxisValue {
  return { word: entry.to_word, code: entry.to_code }
}

/** What is later than a pull or a push by the upstream's own time, whatever came first. */
export interface Later {
  /** Entries of these pushes, */
  pushes: readonly number[]
  /** and those after this time, Beijing; null: no time is known. */
  after: string | null
}

export function firstLater(orders: Connection, orderId: number, axis: Axis, { pushes, after }: Later): Entry | null {
  const sql = `${selectEntry} WHERE order_id = ? AND axis = ?
    AND (push IN (SELECT value FROM json_each(?)) OR upstream_at > ?) ORDER BY ${inOrder} LIMIT 1`
  return orders.get<Entry>(sql, [orderId, axis, JSON.stringify(pushes), after]) ?? null
}

const copied = `order_id, axis, had_before, from_word, from_code, to_word, to_code, stage, backward, seen_at, upstream_at, run,
  pull_order, push`

/** What stands from a place on is entered once more, behind the entry that was made just now and belongs before it. */
export function enterAgainTx(orders: Connection, orderId: number, [pullOrder, pushed, id]: Place): void {
  if (id === last) return
  const newest = orders.get<{ id: number }>('SELECT max(id) AS id FROM status_changes')?.id ?? 0
  const from = 'order_id = ? AND pull_order = ? AND (push IS NOT NULL) = ? AND id >= ? AND id < ?'
  const values = [orderId, pullOrder, pushed, id, newest]
  const copies = `SELECT ${copied} FROM status_changes WHERE ${from} ORDER BY id`
  orders.run(`INSERT INTO status_changes (${copied}) ${copies}`, values)
  orders.run(`DELETE FROM status_changes WHERE ${from}`, values)
}

/** The entry now comes from another. */
export function followTx(orders: Connection, entry: Entry, change: AxisChange): void {
  const sql = 'UPDATE status_changes SET had_before = ?, from_word = ?, from_code = ?, backward = ? WHERE id = ?'
  orders.run(sql, [...fromCells(change.from), change.backward ? 1 : 0, entry.id])
}

/** A later pull only saw again what this one had seen first. False: it had not. */
export function moveEarlierTx(orders: Connection, entry: Entry, source: ChangeSource): boolean {
  if (source.seenAt > entry.seen_at) return false
  const sql = 'UPDATE status_changes SET seen_at = ?, run = ?, pull_order = ?, push = ? WHERE id = ?'
  orders.run(sql, [source.seenAt, source.run, source.pullOrder, source.push ?? null, entry.id])
  return true
}

/** The flag tells of the last entries, which may be others now. */
export function flagBackwardTx(orders: Connection, orderId: number): void {
  const kind = 'pull_order, push IS NOT NULL'
  const newest = `(SELECT ${kind} FROM status_changes WHERE order_id = ? ORDER BY pull_order DESC, push IS NOT NULL DESC LIMIT 1)`
  const flag = `(SELECT max(backward) FROM status_changes WHERE order_id = ? AND (${kind}) = ${newest})`
  orders.run(`UPDATE orders SET backward = ${flag} WHERE id = ?`, [orderId, orderId, orderId])
}

import { Buffer } from 'node:buffer'
import type { OrderColumn } from '#domain/vocabulary.ts'
import type { Connection, Value } from '../connection.ts'
import { sortKeySql } from './columns.ts'
import type { Pause, SortedIds } from './sorted-ids.ts'

/** One order and what it sorts by. */
type Placed = [id: number, key: Value]

/** A sort after some orders were written: these are taken out and put where they belong now; the rest stays. */
export async function withTouched(
  orders: Connection,
  account: number,
  column: OrderColumn,
  { ids, given }: SortedIds,
  touched: readonly number[],
  pause: Pause,
): Promise<SortedIds> {
  const moved = new Set(touched)
  const stayed = ids.filter((id) => !moved.has(id))
  let stayedGiven = given
  for (let at = 0; at < given; at += 1) if (moved.has(ids[at] ?? 0)) stayedGiven -= 1
  await pause()
  const key = sortKeySql(column)
  const fresh = orders.tuples<Placed>(
    `SELECT id, ${key} AS key FROM orders WHERE id IN (SELECT value FROM json_each(?)) AND account = ?
     ORDER BY key IS NULL, key, id`,
    [JSON.stringify(touched), account],
  )
  const keyOf = (id: number): Value =>
    orders.get<{ key: Value }>(`SELECT ${key} AS key FROM orders WHERE id = ?`, [id])?.key ?? null
  const places: number[] = []
  let low = 0
  for (const order of fresh) {
    low =
      order[1] === null ? placeAmong(stayed, stayedGiven, order[0]) : placeOf(stayed, low, stayedGiven, order, keyOf)
    places.push(low)
    await pause()
  }
  const freshGiven = fresh.filter(([, value]) => value !== null).length
  return { ids: inserted(stayed, fresh, places), given: stayedGiven + freshGiven }
}

/** The first place in [low, end) whose order comes after. */
function placeOf(ids: Int32Array, low: number, end: number, order: Placed, keyOf: (id: number) => Value): number {
  let [from, to] = [low, end]
  while (from < to) {
    const middle = (from + to) >>> 1
    const id = ids[middle] ?? 0
    if (compare([id, keyOf(id)], order) < 0) from = middle + 1
    else to = middle
  }
  return from
}

/** Among those without a cell, which lie by row id. */
function placeAmong(ids: Int32Array, from: number, id: number): number {
  let [low, high] = [from, ids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ids[middle] ?? 0) < id) low = middle + 1
    else high = middle
  }
  return low
}

/** As the database compares: numbers before texts, texts byte by byte, then by row id. */
function compare([id, key]: Placed, [otherId, other]: Placed): number {
  return compareKeys(key, other) || id - otherId
}

function compareKeys(one: Value, other: Value): number {
  if (typeof one === 'string' && typeof other === 'string')
    return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other))
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return typeof one === 'string' ? 1 : -1
}

/** `places[i]`: before which of `ids` the i-th fresh order goes; never going down. */
function inserted(ids: Int32Array, fresh: readonly Placed[], places: readonly number[]): Int32Array {
  const all = new Int32Array(ids.length + fresh.length)
  let from = 0
  for (const [index, [id]] of fresh.entries()) {
    const place = places[index] ?? from
    all.set(ids.subarray(from, place), from + index)
    all[place + index] = id
    from = place
  }
  all.set(ids.subarray(from), from + fresh.length)
  return all
}

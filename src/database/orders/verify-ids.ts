import type { Connection } from '../connection.ts'
import type { Where } from './where.ts'

/** Rows looked at in one piece: some milliseconds. */
const stepRows = 1_000

/** Those of the ids whose rows meet a condition, in the same order. `pause` is awaited between pieces. */
export async function verifyIds(
  orders: Connection,
  ids: Int32Array,
  where: Where,
  pause: () => Promise<void> | undefined,
): Promise<Int32Array> {
  const kept = new Int32Array(ids.length)
  let count = 0
  for (let start = 0; start < ids.length; start += stepRows) {
    for (const id of verifyStep(orders, ids.subarray(start, start + stepRows), where)) {
      kept[count] = id
      count += 1
    }
    await pause()
  }
  return kept.slice(0, count)
}

/** The same in one piece. */
export function verifyStep(orders: Connection, ids: Int32Array, where: Where): number[] {
  // By names of its own: json_each has columns called type and id, as orders has.
  const sql = `SELECT orders.id FROM (SELECT key AS position, value AS wanted FROM json_each(?))
    CROSS JOIN orders ON orders.id = wanted WHERE ${where.sql} ORDER BY position`
  return orders.column<number>(sql, [JSON.stringify([...ids]), ...where.values])
}

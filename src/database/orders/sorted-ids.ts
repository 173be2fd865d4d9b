import { stages, type OrderColumn } from '#domain/vocabulary.ts'
import type { Connection, Value } from '../connection.ts'
import { sortKeySql } from './columns.ts'
import { GrowingIds } from './growing-ids.ts'
import { idsOf, type Kind } from './order-kinds.ts'

/** All orders of an account in the order of a column, ties by row id. */
export interface SortedIds {
  ids: Int32Array
  /** From here on the cells are empty: those stay last either way. */
  given: number
}

export type Pause = () => Promise<void> | undefined

/** Rows read in one piece. */
const stepRows = 4_000

/** Indexes in whose order the orders of an account lie, none of them with an empty cell. */
const inOrder: Partial<Record<OrderColumn, { index: string; cell: string }>> = {
  createdAt: { index: 'orders_by_placed', cell: 'placed_at' },
  changedAt: { index: 'orders_by_changed', cell: 'changed_at' },
  firstSeenAt: { index: 'orders_by_first_seen', cell: 'first_seen_at' },
  orderNo: { index: 'orders_by_number', cell: 'order_no' },
}

/** Reads the order of a column, in pieces between which `pause` is awaited. `kinds` are those of the account. */
export async function readSorted(
  orders: Connection,
  account: number,
  column: OrderColumn,
  kinds: Uint8Array,
  pause: Pause,
): Promise<SortedIds> {
  const indexed = inOrder[column]
  if (indexed !== undefined) return walkIndex(orders, account, indexed, pause)
  if (column === 'account') return byKind(kinds, () => 0)
  if (column === 'type') return byKind(kinds, (kind) => Math.floor((kind - 1) / stages.length))
  if (column === 'stage') return byKind(kinds, (kind) => (kind - 1) % stages.length)
  return throughTable(orders, account, column, kinds, pause)
}

function byKind(kinds: Uint8Array, rankOf: (kind: Kind) => number): SortedIds {
  const byRank = Array.from({ length: stages.length }, () => new GrowingIds())
  for (let id = 0; id < kinds.length; id += 1) {
    const kind = kinds[id] ?? 0
    if (kind > 0) byRank[rankOf(kind)]?.push(id)
  }
  const all = new GrowingIds()
  for (const ids of byRank) for (const id of ids.done()) all.push(id)
  const ids = all.done()
  return { ids, given: ids.length }
}

/** Orders of the same cell lie next to each other, in the index's own order: they are taken together. */
async function walkIndex(
  orders: Connection,
  account: number,
  { index, cell }: { index: string; cell: string },
  pause: Pause,
): Promise<SortedIds> {
  const found = new GrowingIds()
  const from = `FROM orders INDEXED BY ${index} WHERE account = ?`
  const after = `SELECT id, ${cell} ${from} AND ${cell} > ? ORDER BY ${cell} LIMIT ${stepRows}`
  let last: Value = cell === 'placed_at' || cell === 'order_no' ? '' : -1
  for (;;) {
    const rows: [number, Value][] = orders.tuples(after, [account, last])
    const end: Value | undefined = rows.at(-1)?.[1]
    if (end === undefined) break
    const groups = Map.groupBy(rows, ([, value]) => value)
    // The last group may go on beyond this piece.
    if (rows.length === stepRows) groups.delete(end)
    for (const [value, group] of groups) {
      found.pushTied(group.map(([id]) => id))
      last = value
    }
    if (groups.size === 0) {
      found.pushTied(orders.column<number>(`SELECT id ${from} AND ${cell} = ?`, [account, end]))
      last = end
    }
    await pause()
  }
  const ids = found.done()
  return { ids, given: ids.length }
}

/** Row ids per piece of a table that is read from its beginning to its end. */
const stepIds = 1_000

/**
 * No index holds the column: its cells are put into a table in memory that lies in their order, and read from there. A
 * transaction that is undone meanwhile takes its rows out of that table too: then once more.
 */
async function throughTable(
  orders: Connection,
  account: number,
  column: OrderColumn,
  kinds: Uint8Array,
  pause: Pause,
): Promise<SortedIds> {
  const name = `sorting_${column}`
  orders.script(`DROP TABLE IF EXISTS temp.${name};
    CREATE TEMP TABLE ${name} (cell, id INTEGER, PRIMARY KEY (cell, id)) WITHOUT ROWID`)
  try {
    await fillTable(orders, account, column, kinds.length, pause)
    const found = new GrowingIds()
    let last: [Value, number] | undefined
    for (;;) {
      const after = last === undefined ? '' : 'WHERE (cell, id) > (?, ?)'
      const rows: [Value, number][] = orders.tuples(
        `SELECT cell, id FROM temp.${name} ${after} ORDER BY cell, id LIMIT ${stepRows}`,
        last ?? [],
      )
      for (const [, id] of rows) found.push(id)
      last = rows.at(-1)
      await pause()
      if (last === undefined) break
    }
    return withEmpty(found.done(), kinds)
  } finally {
    if (orders.isOpen) orders.script(`DROP TABLE IF EXISTS temp.${name}`)
  }
}

async function fillTable(
  orders: Connection,
  account: number,
  column: OrderColumn,
  end: number,
  pause: Pause,
): Promise<void> {
  const key = sortKeySql(column)
  for (let after = 0; after < end; after += stepIds) {
    orders.run(
      `INSERT OR IGNORE INTO temp.sorting_${column} SELECT ${key} AS key, id FROM orders NOT INDEXED
       WHERE id > ? AND id <= ? AND account = ? AND key IS NOT NULL`,
      [after, after + stepIds, account],
    )
    await pause()
  }
}

/** What has no cell comes last, by row id. */
function withEmpty(given: Int32Array, kinds: Uint8Array): SortedIds {
  const left = kinds.slice()
  for (const id of given) left[id] = 0
  const empty = idsOf(left, (kind) => kind > 0)
  const ids = new Int32Array(given.length + empty.length)
  ids.set(given)
  ids.set(empty, given.length)
  return { ids, given: given.length }
}

/** The place of the first id of a sort from which on something holds. */
export function firstWhere(ids: Int32Array, isBeyond: (id: number) => boolean): number {
  let [low, high] = [0, ids.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (isBeyond(ids[middle] ?? 0)) high = middle
    else low = middle + 1
  }
  return low
}

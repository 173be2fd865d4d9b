import type { OrderFilter, OrderSort } from '#shared/contract/orders.ts'
import type { Connection } from '../connection.ts'
import { orderBySql } from './columns.ts'
import { accountIs, whereOf } from './filter.ts'
import type { SortedIds } from './sorted-ids.ts'
import { verifyStep } from './verify-ids.ts'

/** So long the rows at the top are looked at one by one; what is not there by then is rarer. */
const budgetMs = 12
/** Rows looked at in one piece; the first is small, because most rows match most filters. */
const [firstStep, furtherStep] = [256, 512]
/** Columns whose index gives the top of the list at once. */
const indexed: ReadonlySet<string> = new Set(['createdAt', 'changedAt', 'firstSeenAt', 'orderNo'])

/**
 * The first rows of a list that is not made yet, from the top of the sort down: frequent matches are found at once.
 * null: they are not, or the sort is not known yet.
 */
export function firstRows(
  orders: Connection,
  account: number,
  { filter, sort, count }: { filter: OrderFilter; sort: OrderSort; count: number },
  sorted: SortedIds | undefined,
): number[] | null {
  const where = whereOf(filter, account)
  const until = performance.now() + budgetMs
  const found: number[] = []
  let start = 0
  for (let step = firstStep; performance.now() < until; step = furtherStep) {
    const top = sorted === undefined ? readTop(orders, account, sort, start, step) : topOf(sorted, sort, start, step)
    if (top === null || top.length === 0) return null
    found.push(...verifyStep(orders, top, where))
    if (found.length >= count) return found.slice(0, count)
    start += step
  }
  return null
}

/** A piece of a sort that is known, in either direction: empty cells stay last. */
export function topOf({ ids, given }: SortedIds, { descending }: OrderSort, start: number, count: number): Int32Array {
  if (!descending) return ids.subarray(start, start + count)
  const top = new Int32Array(Math.max(0, Math.min(count, ids.length - start)))
  for (let index = 0; index < top.length; index += 1) {
    const at = start + index
    top[index] = ids[at < given ? given - 1 - at : ids.length - 1 - (at - given)] ?? 0
  }
  return top
}

function readTop(
  orders: Connection,
  account: number,
  sort: OrderSort,
  start: number,
  count: number,
): Int32Array | null {
  if (!indexed.has(sort.column)) return null
  const of = accountIs(account)
  const sql = `SELECT id FROM orders WHERE ${of.sql} ORDER BY ${orderBySql(sort.column, sort.descending)} LIMIT ? OFFSET ?`
  return Int32Array.from(orders.column<number>(sql, [...of.values, count, start]))
}

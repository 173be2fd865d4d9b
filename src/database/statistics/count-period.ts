import type { Connection } from '../connection.ts'
import { reasonSql } from './figure-sql.ts'
import { judgeTx, type Slice } from './judge.ts'

/** Orders that are added to a day's figures in one statement. */
const perStep = 500

export const sumColumns = [
  'orders',
  'approved',
  'shipped',
  'activated',
  'recharged',
  'settled',
  'failed',
  'expected_orders',
  'expected_cents',
  'settled_orders',
  'settled_cents',
] as const

/** Sums past this are no commission but nonsense. */
const cents = `CASE WHEN abs(commission * 100) < 1e12 THEN CAST(round(commission * 100) AS INTEGER) ELSE 0 END`
const isExpected = `stage IN ('activated', 'recharged')`
const isSettled = `stage = 'settled'`

/** One pass over the orders, then small sums over what it leaves. */
const addOrders = `INSERT INTO statistics
  WITH step AS MATERIALIZED (
    SELECT type, stage, reached, substr(coalesce(product_name, ''), 1, 1000) AS product,
      substr(coalesce(agent, ''), 1, 1000) AS agent, ${reasonSql} AS reason, ${cents} AS cents
    FROM orders WHERE id IN (SELECT value FROM json_each(?))),
  facets (facet, value, type, stage, reached, cents) AS (
    SELECT 'stage', stage, type, stage, reached, cents FROM step
    UNION ALL SELECT 'product', product, type, stage, reached, cents FROM step
    UNION ALL SELECT 'agent', agent, type, stage, reached, cents FROM step
    UNION ALL SELECT 'failure', reason, type, stage, reached, cents FROM step WHERE stage = 'failed'
    UNION ALL SELECT 'unsettled', reason, type, stage, reached, cents FROM step WHERE stage = 'settlementFailed')
  SELECT ?, facet, ?, type, value, count(*), sum(reached >= 1), sum(reached >= 2), sum(reached >= 3), sum(reached >= 4),
    sum(reached >= 5), sum(stage = 'failed'), sum(${isExpected}), sum(iif(${isExpected}, cents, 0)),
    sum(${isSettled}), sum(iif(${isSettled}, cents, 0))
  FROM facets WHERE true GROUP BY facet, type, value
  ON CONFLICT DO UPDATE SET ${sumColumns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`

const deletePeriod = `DELETE FROM statistics WHERE account = ? AND period = ?
  AND facet IN ('stage', 'product', 'agent', 'failure', 'unsettled')`
const sums = sumColumns.map((column) => `sum(${column})`).join(', ')

/** Sums up the days of a month (YYYY-MM). */
export function countMonthTx(orders: Connection, account: number, month: string): void {
  orders.run(deletePeriod, [account, month])
  orders.run(
    `INSERT INTO statistics SELECT account, facet, ?, type, value, ${sums} FROM statistics
     WHERE account = ? AND facet IN ('product', 'agent', 'failure', 'unsettled') AND period > ? AND period < ?
     GROUP BY facet, type, value`,
    [month, account, month, `${month}~`],
  )
}

/** Counts one day of an account anew, in steps that let queries through. */
export async function countDayTx(orders: Connection, account: number, day: string, slice: Slice): Promise<void> {
  await judgeTx(orders, { account, day }, slice, () => true)
  orders.run(deletePeriod, [account, day])
  const ids = orders.column<number>(
    `SELECT id FROM orders INDEXED BY orders_by_placed
     WHERE account = ? AND placed_at >= ? AND placed_at < ? AND substr(placed_at, 1, 10) = ?`,
    [account, day, `${day}~`, day],
  )
  for (let start = 0; start < ids.length; start += perStep) {
    orders.run(addOrders, [JSON.stringify(ids.slice(start, start + perStep)), account, day])
    await slice()
  }
}

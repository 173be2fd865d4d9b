import { wholeMonths, type Days } from '#domain/day-ranges.ts'
import { funnelSteps, type OrderType } from '#domain/vocabulary.ts'
import { statisticsLimits, type Group, type Groups, type StatisticsQuery } from '#shared/contract/statistics.ts'
import type { Connection, Value } from '../connection.ts'
import { typeNumber } from '../session.ts'
import { sumColumns } from './count-period.ts'

export type Facet = 'product' | 'agent' | 'failure' | 'unsettled'

/** What is summed up over some orders: one row of sumColumns. */
export type Sums = Omit<Group, 'value'>

export const sumsSql = sumColumns.map((column) => `sum(${column})`).join(', ')

/** The cells of sumsSql as they cross to the page. */
export function toSums(cells: readonly number[]): Sums {
  const [placed = 0, approved = 0, shipped = 0, activated = 0, recharged = 0, settled = 0, failed = 0] = cells
  const [expectedOrders = 0, expectedCents = 0, settledOrders = 0, settledCents = 0] = cells.slice(7)
  const steps = [placed, approved, shipped, activated, recharged, settled]
  return {
    steps: Object.fromEntries(funnelSteps.map((step, index) => [step, steps[index] ?? 0])) as Sums['steps'],
    failed,
    expected: { orders: expectedOrders, cents: expectedCents },
    settled: { orders: settledOrders, cents: settledCents },
  }
}

/** Restricts to a type, or does not. */
export function typeSql(type: OrderType | null): { sql: string; values: Value[] } {
  return type === null ? { sql: '', values: [] } : { sql: ' AND type = ?', values: [typeNumber(type)] }
}

type Row = [string, ...number[]]

/** The groups of a facet within a range, those with most orders first. Whole months are read as such. */
export function readGroups(
  orders: Connection,
  account: number,
  facet: Facet,
  range: Days,
  { type }: Pick<StatisticsQuery, 'type'>,
): Groups {
  const only = typeSql(type)
  const columns = ['value', ...sumColumns].join(', ')
  const parts: string[] = []
  const values: Value[] = []
  // Each part is a range of the primary key.
  const add = (within: string, ...bounds: Value[]): void => {
    parts.push(`SELECT ${columns} FROM statistics WHERE account = ? AND facet = ? AND ${within}${only.sql}`)
    values.push(account, facet, ...bounds, ...only.values)
  }
  const { months, days } = wholeMonths(range)
  add('period IN (SELECT value FROM json_each(?))', JSON.stringify(months))
  for (const { from, to } of days) add('period BETWEEN ? AND ? AND length(period) = 10', from, to)
  const rows = orders.tuples<Row>(
    `SELECT value, ${sumsSql} FROM (${parts.join(' UNION ALL ')}) GROUP BY value ORDER BY sum(orders) DESC, value`,
    values,
  )
  const groups = rows.map(([value, ...cells]): Group => Object.assign(toSums(cells), { value }))
  const rest = groups.slice(statisticsLimits.groups)
  return {
    items: groups.slice(0, statisticsLimits.groups),
    others: { groups: rest.length, orders: rest.reduce((sum, { steps }) => sum + steps.placed, 0) },
  }
}

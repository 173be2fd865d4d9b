import { cutInto, unitOf, type Days } from '#domain/day-ranges.ts'
import type { Stage } from '#domain/vocabulary.ts'
import {
  noStages,
  type Bucket,
  type MonthSums,
  type StatisticsQuery,
  type Totals,
} from '#shared/contract/statistics.ts'
import type { Connection } from '../connection.ts'
import { sumsSql, toSums, typeSql, type Sums } from './facets.ts'

/** The orders of one stage placed on one day. */
export interface DayRow {
  day: string
  stage: Stage
  sums: Sums
}

const facet = `account = ? AND facet = 'stage' AND period BETWEEN ? AND ?`

/** Every day and stage of a range that has orders, oldest first. */
export function readDays(
  orders: Connection,
  account: number,
  { from, to }: Days,
  { type }: Pick<StatisticsQuery, 'type'>,
): DayRow[] {
  const only = typeSql(type)
  const rows = orders.tuples<[string, Stage, ...number[]]>(
    `SELECT period, value, ${sumsSql} FROM statistics WHERE ${facet}${only.sql} GROUP BY period, value`,
    [account, from, to, ...only.values],
  )
  return rows.map(([day, stage, ...cells]) => ({ day, stage, sums: toSums(cells) }))
}

/** The first and the last day with orders, as far as the query leaves its ends open; null: there is none. */
export function closedDays(orders: Connection, account: number, query: StatisticsQuery): Days | null {
  if (query.from !== null && query.to !== null)
    return query.from <= query.to ? { from: query.from, to: query.to } : null
  const only = typeSql(query.type)
  const row = orders.get<{ first: string | null; last: string | null }>(
    `SELECT min(period) AS first, max(period) AS last FROM statistics WHERE ${facet}${only.sql}`,
    [account, query.from ?? '', query.to ?? '~', ...only.values],
  )
  if (row === undefined || row.first === null || row.last === null) return null
  return { from: query.from ?? row.first, to: query.to ?? row.last }
}

export function totalsOf(rows: readonly DayRow[]): Totals {
  const totals: Totals = { ...toSums([]), stages: { ...noStages } }
  for (const { stage, sums } of rows) {
    totals.stages[stage] += sums.steps.placed
    addTo(totals, sums)
  }
  return totals
}

function addTo(totals: Totals, { steps, failed, expected, settled }: Sums): void {
  for (const step of Object.keys(steps) as (keyof typeof steps)[]) totals.steps[step] += steps[step]
  totals.failed += failed
  for (const [money, more] of [
    [totals.expected, expected],
    [totals.settled, settled],
  ] as const) {
    money.orders += more.orders
    money.cents += more.cents
  }
}

export function bucketsOf(range: Days, rows: readonly DayRow[]): Bucket[] {
  return partsOf(cutInto(unitOf(range), range), rows).map(({ part, within }) => {
    const counts = { ...noStages }
    for (const { stage, sums } of within) counts[stage] += sums.steps.placed
    return { from: part.from, to: part.to, stages: counts }
  })
}

export function monthsOf(range: Days, rows: readonly DayRow[]): MonthSums[] {
  return partsOf(cutInto('month', range), rows).map(({ part, within }) => {
    const { expected, settled } = totalsOf(within)
    return { from: part.from, to: part.to, expected, settled }
  })
}

/** Rows by the part of the range they lie in; both oldest first. */
function partsOf(parts: readonly Days[], rows: readonly DayRow[]): { part: Days; within: DayRow[] }[] {
  let next = 0
  return parts.map((part) => {
    const start = next
    while (next < rows.length && (rows[next]?.day ?? '') <= part.to) next += 1
    return { part, within: rows.slice(start, next) }
  })
}

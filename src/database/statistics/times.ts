import { funnelSteps } from '#domain/vocabulary.ts'
import type { Days } from '#domain/day-ranges.ts'
import { median, stepReader, stepTimes, type StepOf } from '#domain/funnel.ts'
import type { StatisticsQuery, StepTime } from '#shared/contract/statistics.ts'
import type { Connection } from '../connection.ts'
import { selectByIds } from '../orders/by-ids.ts'
import { createSlicer } from '../steps.ts'
import { codesOf } from './codes-of.ts'
import { typeSql } from './facets.ts'
import { historiesOf } from './histories.ts'

/** Medians rest on about so many orders at most: each asks for its whole history. */
const mostSampled = 1_000
/** Up to here all are asked: a range so small lies close together. */
const askedWhole = 2_000
/** Histories read in one piece. */
const perStep = 128
/** Orders are sampled in runs of so many neighbours: those lie in the same pages. */
const run = 16
/** From here on the sample is taken from the index that migration 0010 makes of every 17th run. */
const scannedAtMost = 30_000
const indexStride = 17

interface SampledRow {
  id: number
  type: number
  first_seen_at: number
  created_at: string | null
  shipped_at: string | null
  activated_at: string | null
  recharged_at: string | null
  settled_at: string | null
}
const selectSampled = selectByIds(
  'id, type, first_seen_at, created_at, shipped_at, activated_at, recharged_at, settled_at',
)

/** Median times from step to step of the orders of a range; `placed` is how many these are. */
export async function readTimes(
  orders: Connection,
  account: number,
  range: Days,
  query: Pick<StatisticsQuery, 'type'>,
  placed: number,
): Promise<StepTime[]> {
  const { ids, sampled } = sampleOf(orders, account, range, query, placed)
  const readers = [1, 2].map((type) => stepReader(codesOf(orders, account, type)))
  const known: (number | null)[][] = []
  const slice = createSlicer()
  for (let start = 0; start < ids.length; start += perStep) {
    known.push(...timesOf(orders, ids.slice(start, start + perStep), readers))
    await slice()
  }
  return funnelSteps.slice(1).map((to, index) => {
    const spans = known.flatMap((times) => {
      const [start = null, end = null] = [times[index], times[index + 1]]
      // Times that contradict each other tell nothing.
      return start === null || end === null || end < start ? [] : [end - start]
    })
    return { from: funnelSteps[index] ?? 'placed', to, medianMs: median(spans), orders: spans.length, sampled }
  })
}

function timesOf(orders: Connection, ids: readonly number[], readers: readonly StepOf[]): (number | null)[][] {
  const histories = historiesOf(orders, ids)
  return orders.all<SampledRow>(selectSampled, [JSON.stringify(ids)]).flatMap((row) => {
    const stepOf = readers[row.type - 1]
    const history = histories.get(row.id) ?? []
    const order = { fields: fieldsOf(row), firstSeenAt: row.first_seen_at, history }
    return stepOf === undefined ? [] : [stepTimes(order, stepOf)]
  })
}

function sampleOf(
  orders: Connection,
  account: number,
  { from, to }: Days,
  query: Pick<StatisticsQuery, 'type'>,
  placed: number,
): { ids: number[]; sampled: boolean } {
  const only = typeSql(query.type)
  const where = `account = ? AND placed_at >= ? AND placed_at <= ?${only.sql}`
  const values = [account, `${from} 00:00:00`, `${to} 23:59:59`, ...only.values]
  const small = placed <= scannedAtMost
  const stride = small ? Math.ceil(placed / mostSampled) : Math.ceil(placed / mostSampled / indexStride) * indexStride
  if (placed <= askedWhole) {
    const sql = `SELECT id FROM orders INDEXED BY orders_by_placed WHERE ${where}`
    return { ids: orders.column<number>(sql, values), sampled: false }
  }
  const index = small ? 'orders_by_placed' : 'orders_sampled'
  const every = small ? '' : ` AND id / ${run} % ${indexStride} = 0`
  const sql = `SELECT id FROM orders INDEXED BY ${index} WHERE ${where}${every} AND id / ${run} % ? = 0`
  return { ids: orders.column<number>(sql, [...values, stride]), sampled: true }
}

function fieldsOf(row: SampledRow): Record<string, string> {
  const fields = {
    createdAt: row.created_at,
    shippedAt: row.shipped_at,
    activatedAt: row.activated_at,
    rechargedAt: row.recharged_at,
    settledAt: row.settled_at,
  }
  return Object.fromEntries(Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null))
}

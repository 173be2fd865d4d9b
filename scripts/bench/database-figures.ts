import { allOrders } from '#shared/contract/order-filter.ts'
import { accountId, mergeReply, openBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { bounded, percentile, timed, type Figure } from './figure.ts'
import { rawReply } from './raw-reply.ts'

const everything = allOrders(accountId)
const newestFirst = { column: 'createdAt', descending: true } as const

/** A database that holds so many orders, merged from replies of 100,000. */
export async function filledDatabase(orders: number): Promise<BenchDatabase> {
  const database = await openBenchDatabase()
  const step = 100_000
  for (let from = 0; from < orders; from += step) {
    await mergeReply(database, rawReply(from, Math.min(step, orders - from)))
  }
  return database
}

/** Any window of 100 rows over all orders, in the order and filters of everyday work, with the trip to main and back. */
export async function windowQuery({ client }: BenchDatabase, orders: number): Promise<Figure> {
  const filters = [everything, { ...everything, type: 'own' as const }, { ...everything, stages: ['shipped' as const] }]
  const took: number[] = []
  for (let round = 0; round < 100; round += 1) {
    for (const filter of filters) {
      const { total } = await client.call('orders.counts', filter)
      // A golden-ratio walk: spread over all rows, the same in every run.
      const start = Math.floor(((round * 0.618_034) % 1) * Math.max(0, total - 100))
      const input = { filter, sort: newestFirst, start, count: 100, reveal: false }
      took.push(await timed(() => client.call('orders.window', input)))
    }
  }
  const name = `window of 100 rows at ${orders.toLocaleString('en')} orders, p95`
  return bounded({ name, value: percentile(took, 0.95), unit: 'ms' }, 20)
}

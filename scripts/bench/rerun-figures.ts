import { allOrders } from '#shared/contract/order-filter.ts'
import { accountId, type BenchDatabase } from './bench-database.ts'
import { filledDatabase } from './database-figures.ts'
import { bounded, timed, type Figure } from './figure.ts'

const everything = allOrders(accountId)
const newestFirst = { column: 'createdAt', descending: true } as const
const own = { accountId, type: 'own' } as const
const rules = {
  listPath: null,
  // Nothing feeds it any more: every order changes.
  fields: { customerName: [] },
  profile: null,
  words: [],
  codes: [],
  dateFormats: [],
  zoneMinutes: null,
}
const mostMs = 2_000

/** The longest that a window of 100 rows had to wait while a re-run changed every order. */
export async function rerunWait(orders: number): Promise<Figure> {
  const database = await filledDatabase(orders)
  try {
    const value = await longestWait(database, orders)
    const name = `longest wait for a window of 100 rows during a re-run that changes ${orders.toLocaleString('en')} orders`
    return bounded({ name, value, unit: 'ms' }, mostMs)
  } finally {
    await database.close()
    database.remove()
  }
}

async function longestWait({ client }: BenchDatabase, orders: number): Promise<number> {
  const windowAt = (share: number) => {
    const start = Math.floor(share * Math.max(0, orders - 100))
    return client.call('orders.window', { filter: everything, sort: newestFirst, start, count: 100, reveal: false })
  }
  await windowAt(0)
  await client.call('mapping.save', { ...own, rules })
  const ended = new AbortController()
  const rerun = client.call('mapping.rerun', own).finally(() => ended.abort())
  let longest = 0
  for (let round = 0; !ended.signal.aborted; round += 1)
    longest = Math.max(longest, await timed(() => windowAt((round * 0.618_034) % 1)))
  const { changed } = await rerun
  if (changed !== orders) throw new Error(`the re-run changed ${changed} orders of ${orders}`)
  return longest
}

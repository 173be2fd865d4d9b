import { allOrders, type OrderFilter } from '#shared/contract/order-filter.ts'
import type { OrderRow, OrderSort } from '#shared/contract/orders.ts'
import type { OrderColumn } from '#domain/vocabulary.ts'
import { accountId, type BenchDatabase } from './bench-database.ts'
import { filledDatabase } from './database-figures.ts'
import { bounded, compared, percentile, timed, type Figure } from './figure.ts'

const everything = allOrders(accountId)
const newestFirst: OrderSort = { column: 'createdAt', descending: true }
const rows = 100
const [windowGoalMs, firstRowsGoalMs, countsGoalMs] = [20, 150, 150]

/** Sorts that an index answers, and some of those that none does. */
const sorts: readonly OrderColumn[] = [
  'createdAt',
  'orderNo',
  'changedAt',
  'stage',
  'productName',
  'phone',
  'commission',
]
const filters: readonly OrderFilter[] = [
  everything,
  { ...everything, type: 'own' },
  { ...everything, stages: ['shipped', 'failed'] },
  { ...everything, from: '2024-03-01 00:00:00', to: '2024-05-31 23:59:59' },
  { ...everything, conditions: [{ kind: 'text', column: 'province', op: 'startsWith', value: '广' }] },
]

interface Listed {
  /** p95 of windows anywhere in every list, the first window of each included. */
  windows: number
  /** First rows of lists of which nothing was known. */
  indexedSorts: number
  otherSorts: number
  /** The slowest search of those that are frequent, rare or found nowhere. */
  search: number
  searchText: string
  /** Until every built-in view is counted, and the longest that another call waited meanwhile. */
  counts: number
  stall: number
  /** Until the search index holds every order, for each thousand of them. */
  indexed: number
}

/**
 * Lists, searches and counts at growing sizes, asked from outside the database process. `largest` is a filled database;
 * the smaller ones are made here. Growth is printed as ratios.
 */
export async function listFigures(largest: BenchDatabase, orders: number): Promise<Figure[]> {
  const sizes = [10_000, 100_000].filter((size) => size < orders)
  const measured: [number, Listed][] = []
  for (const size of sizes) {
    const database = await filledDatabase(size)
    measured.push([size, await measure(database, size)])
    await database.close()
    database.remove()
  }
  measured.push([orders, await measure(largest, orders)])
  return [...measured.flatMap(([size, listed]) => figuresOf(size, listed)), ...growth(measured)]
}

function figuresOf(size: number, listed: Listed): Figure[] {
  const at = `at ${size.toLocaleString('en')} orders`
  const ms = (name: string, value: number, goal: number | null): Figure =>
    goal === null
      ? compared({ name, value, unit: 'ms', peer: null, peerValue: null })
      : bounded({ name, value, unit: 'ms' }, goal)
  return [
    ms(
      `window of ${rows} rows, ${sorts.length} sorts × ${filters.length} filters, ${at}, p95`,
      listed.windows,
      windowGoalMs,
    ),
    ms(`first rows of a new sort that an index answers, ${at}, longest`, listed.indexedSorts, firstRowsGoalMs),
    ms(`first rows of a new sort that no index answers, ${at}, longest`, listed.otherSorts, null),
    ms(`first rows of a search, ${at}, longest (${listed.searchText})`, listed.search, firstRowsGoalMs),
    ms(`all built-in views counted, ${at}`, listed.counts, null),
    ms(`another call while views are counted, ${at}, longest`, listed.stall, countsGoalMs),
    ms(`search index made in the background, ${at}, a thousand orders`, listed.indexed, null),
  ]
}

function growth(measured: readonly [number, Listed][]): Figure[] {
  const [first] = measured
  const last = measured.at(-1)
  if (first === undefined || last === undefined || first === last) return []
  const sizes = `${first[0].toLocaleString('en')} to ${last[0].toLocaleString('en')} orders`
  return (['windows', 'search'] as const).map((name) =>
    compared({
      name: `growth of ${name === 'windows' ? 'windows, p95,' : 'first rows of a search'} from ${sizes}`,
      value: last[1][name],
      unit: 'ms',
      peer: `at ${first[0].toLocaleString('en')} orders`,
      peerValue: first[1][name],
    }),
  )
}

async function measure(database: BenchDatabase, orders: number): Promise<Listed> {
  const indexed = (await untilIndexed(database)) / (orders / 1_000)
  const texts = await searchTexts(database)
  const { windows, first } = await readLists(database)
  const searched: [string, number][] = []
  for (const [kind, text] of texts) searched.push([kind, await firstRows(database, { ...everything, search: text })])
  const [searchText, search] = searched.toSorted(([, one], [, other]) => other - one)[0] ?? ['', Number.NaN]
  const [counts, stall] = await countViews(database)
  const isIndexed = (column: OrderColumn): boolean => ['createdAt', 'orderNo', 'changedAt', 'stage'].includes(column)
  const longest = (wanted: boolean): number =>
    Math.max(...first.filter(([column]) => isIndexed(column) === wanted).map(([, ms]) => ms))
  return {
    windows: percentile(windows, 0.95),
    indexedSorts: longest(true),
    otherSorts: longest(false),
    search,
    searchText,
    counts,
    stall,
    indexed,
  }
}

function untilIndexed({ client }: BenchDatabase): Promise<number> {
  return timed(async () => {
    while ((await client.call('orders.searchIndex', {})).waiting > 0) await new Promise((go) => setTimeout(go, 50))
  })
}

async function readLists(database: BenchDatabase): Promise<{ windows: number[]; first: [OrderColumn, number][] }> {
  const windows: number[] = []
  const first: [OrderColumn, number][] = []
  for (const column of sorts) {
    for (const filter of filters) {
      const sort = { column, descending: column === 'createdAt' }
      const ms = await firstRows(database, filter, sort)
      if (filter === everything) first.push([column, ms])
      windows.push(ms, ...(await anywhere(database, filter, sort)))
    }
  }
  return { windows, first }
}

/** A golden-ratio walk: spread over all rows, the same in every run. */
async function anywhere({ client }: BenchDatabase, filter: OrderFilter, sort: OrderSort): Promise<number[]> {
  const took: number[] = []
  const { total } = await client.call('orders.counts', filter)
  for (let round = 1; round <= 40; round += 1) {
    const start = Math.floor(((round * 0.618_034) % 1) * Math.max(0, total - rows))
    took.push(await timed(() => client.call('orders.window', { filter, sort, start, count: rows, reveal: false })))
  }
  return took
}

function firstRows({ client }: BenchDatabase, filter: OrderFilter, sort = newestFirst): Promise<number> {
  return timed(() => client.call('orders.window', { filter, sort, start: 0, count: rows, reveal: false }))
}

/** Frequent, rare and absent texts of two, three and eleven characters. */
async function searchTexts({ client }: BenchDatabase): Promise<[string, string][]> {
  const input = { filter: everything, sort: { ...newestFirst, descending: false }, start: 0, count: rows, reveal: true }
  const { rows: found } = await client.call('orders.window', input)
  const longest = (cell: (row: OrderRow) => string | null): string =>
    found.reduce((best, row) => ((cell(row) ?? '').length > best.length ? (cell(row) ?? '') : best), '')
  const name = longest(({ customerName }) => customerName)
  const product = longest(({ productName }) => productName)
  return [
    ['frequent, 2 characters', '流量'],
    ['rare, 2 characters', name.slice(-2)],
    ['absent, 2 characters', '龘靐'],
    ['frequent, 3 characters', '202'],
    ['rare, 3 characters', name],
    ['absent, 3 characters', '龘靐齉'],
    ['frequent, 11 characters', product.slice(0, 11)],
    ['rare, 11 characters', longest(({ phone }) => phone).slice(0, 11)],
    ['absent, 11 characters', '13800138000'],
  ]
}

/** As the side bar asks: again until nothing is missing, with a small call beside it all the time. */
async function countViews({ client }: BenchDatabase): Promise<[number, number]> {
  const beside: number[] = []
  const counted = new AbortController()
  const probe = (async () => {
    while (!counted.signal.aborted) beside.push(await timed(() => client.call('sync.summary', { accountId })))
  })()
  const took = await timed(async () => {
    while (!(await client.call('views.counts', { accountId, today: '2024-10-01' })).complete);
  })
  counted.abort()
  await probe
  return [took, Math.max(...beside)]
}

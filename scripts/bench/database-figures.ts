import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportWords } from '#main/exports/export-words.ts'
import { defaultExportColumns } from '#domain/vocabulary.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { accountId, mergeReply, openBenchDatabase, type BenchDatabase } from './bench-database.ts'
import { bounded, compared, median, percentile, timed, type Figure } from './figure.ts'
import { plainCopy } from './insert-loop.ts'
import { rawReply } from './raw-reply.ts'

const rounds = 3
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

/** The default export of all orders, beside sqlite3's own CSV of the same cells from an unencrypted copy. */
export async function csvRate(database: BenchDatabase, orders: number): Promise<Figure> {
  const file = join(database.folder, 'export.csv')
  const took: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    took.push(await timed(() => exportAll(database, file)))
  }
  await database.close()
  const plain = join(database.folder, 'plain.db')
  await plainCopy(database.file, plain)
  const peer = Array.from({ length: rounds }, () => sqliteCsv(plain, join(database.folder, 'peer.csv')))
  const peerMs = peer.every((ms) => ms !== null) ? median(peer) : null
  return compared({
    name: `CSV of ${orders.toLocaleString('en')} orders`,
    value: (orders / median(took)) * 1_000,
    unit: 'rows/s',
    peer: 'sqlite3 -csv on an unencrypted copy',
    peerValue: peerMs === null ? null : (orders / peerMs) * 1_000,
  })
}

function exportAll({ client }: BenchDatabase, file: string): Promise<unknown> {
  return client.call('exports.write', {
    filter: everything,
    sort: newestFirst,
    columns: [...defaultExportColumns],
    plain: false,
    words: exportWords('zh-CN'),
    accountLabel: 'bench',
    file,
  })
}

/** The stored cells behind the default columns. null: there is no sqlite3 on this machine. */
const peerColumns = `order_no, created_at, product_name, customer_name, id_number, phone, province, city, district, address,
  produced_number, production_word, stage, reason, remark, courier, tracking_no, activation_word, activated_at,
  recharge_amount, commission, settlement_word, source`

function sqliteCsv(database: string, file: string): number | null {
  const query = `SELECT ${peerColumns} FROM orders ORDER BY created_at DESC`
  const startedAt = performance.now()
  const { status, stdout } = spawnSync('sqlite3', ['-csv', '-header', database, query], { maxBuffer: 4 * 1024 ** 3 })
  if (status !== 0) return null
  writeFileSync(file, stdout)
  const ms = performance.now() - startedAt
  rmSync(file)
  return ms
}

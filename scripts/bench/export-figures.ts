import { spawnSync } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportWords } from '#main/exports/export-words.ts'
import { defaultExportColumns } from '#domain/vocabulary.ts'
import type { ExportFormat } from '#shared/contract/exports.ts'
import { allOrders } from '#shared/contract/orders.ts'
import { accountId, type BenchDatabase } from './bench-database.ts'
import { atMostTimes, bounded, compared, median, timed, type Figure } from './figure.ts'
import { plainCopy } from './insert-loop.ts'

const rounds = 3
/** A CSV takes at most so many times what sqlite3 takes for the same rows. */
const mostTimes = 1.5
const mostExtraMegabytes = 200

/**
 * All orders in the default columns: CSV beside sqlite3's own of the same cells from an unencrypted copy, XLSX, and how
 * much memory each takes over the process's own before it. The database is closed afterwards.
 */
export async function exportFigures(database: BenchDatabase, orders: number): Promise<Figure[]> {
  const count = orders.toLocaleString('en')
  const csv = await exports(database, 'csv')
  const xlsx = await exports(database, 'xlsx')
  await database.close()
  const peer = await peerMs(database)
  const inMs = { unit: 'ms', value: median(csv.tookMs) }
  return [
    atMostTimes(
      { ...inMs, name: `CSV of ${count} orders`, peer: 'sqlite3 -csv on an unencrypted copy', peerValue: peer },
      mostTimes,
    ),
    compared({ ...inMs, name: `XLSX of ${count} orders`, value: median(xlsx.tookMs), peer: null, peerValue: null }),
    memoryFigure(`CSV of ${count} orders`, csv.extraMegabytes),
    memoryFigure(`XLSX of ${count} orders`, xlsx.extraMegabytes),
  ]
}

interface Measured {
  tookMs: number[]
  extraMegabytes: number[]
}

async function exports(database: BenchDatabase, format: ExportFormat): Promise<Measured> {
  const measured: Measured = { tookMs: [], extraMegabytes: [] }
  for (let round = 0; round < rounds; round += 1) {
    const file = join(database.folder, `export.${format}`)
    const memory = watchMemory(database)
    measured.tookMs.push(await timed(() => exportAll(database, file, format)))
    measured.extraMegabytes.push(memory())
    rmSync(file)
  }
  return measured
}

function exportAll({ client }: BenchDatabase, file: string, format: ExportFormat): Promise<unknown> {
  return client.call('exports.write', {
    filter: allOrders(accountId),
    sort: { column: 'createdAt', descending: true },
    columns: [...defaultExportColumns],
    format,
    plain: false,
    words: exportWords('zh-CN'),
    accountLabel: 'bench',
    file,
  })
}

function memoryFigure(name: string, extraMegabytes: readonly number[]): Figure {
  const value = Math.max(0, ...extraMegabytes)
  return bounded(
    { name: `memory of the database process, ${name}, over that before`, value, unit: 'MB' },
    mostExtraMegabytes,
  )
}

/** Returns how far the process's memory has risen at most since this call, by the kernel's count; Linux alone has one. */
function watchMemory({ client }: BenchDatabase): () => number {
  if (process.platform !== 'linux') return () => Number.NaN
  // Sets the peak back to what is in memory now.
  writeFileSync(`/proc/${client.pid}/clear_refs`, '5')
  const before = megabytes(client.pid, 'VmRSS')
  return () => megabytes(client.pid, 'VmHWM') - before
}

function megabytes(pid: number | undefined, name: string): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1_024) / 1e6
}

/** null: there is no sqlite3 on this machine. */
async function peerMs(database: BenchDatabase): Promise<number | null> {
  const plain = join(database.folder, 'plain.db')
  await plainCopy(database.file, plain)
  const took = Array.from({ length: rounds }, () => sqliteCsv(plain, join(database.folder, 'peer.csv')))
  return took.every((ms) => ms !== null) ? median(took) : null
}

/** The stored cells behind the default columns. */
const peerColumns = `order_no, created_at, product_name, customer_name, id_number, phone, province, city, district, address,
  produced_number, production_word, stage, reason, remark, courier, tracking_no, activation_word, activated_at,
  recharge_amount, commission, settlement_word, source`

function sqliteCsv(database: string, file: string): number | null {
  const query = `SELECT ${peerColumns} FROM orders ORDER BY created_at DESC`
  const output = openSync(file, 'w')
  const startedAt = performance.now()
  const { status } = spawnSync('sqlite3', ['-csv', '-header', database, query], { stdio: ['ignore', output, 'ignore'] })
  const ms = performance.now() - startedAt
  closeSync(output)
  const { size } = statSync(file)
  rmSync(file)
  return status === 0 && size > 0 ? ms : null
}

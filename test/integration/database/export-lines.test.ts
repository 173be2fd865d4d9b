import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { exportWords } from '#main/exports/export-words.ts'
import { axes, orderColumns, orderFields, orderFlags, stages } from '#domain/vocabulary.ts'
import { csvDelimiters, csvEncodings, type ExportWords } from '#shared/contract/exports.ts'
import { openConnection, type Connection } from '#database/connection.ts'
import { writeCsv, type CsvStyle } from '#database/export/csv-file.ts'
import { createInLots } from '#database/export/in-lots.ts'
import { orderTable } from '#database/export/order-table.ts'
import { Snapshot } from '#database/export/snapshot.ts'
import type { Table } from '#database/export/table.ts'
import { migrate } from '#database/migrations/migrate.ts'
import { ordersMigrations } from '#database/migrations/orders/index.ts'
import { fieldColumn } from '#database/orders/order-table.ts'
import { nastyCell } from '../../support/nasty-cell.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

let folder: string
let orders: Connection
beforeEach(async () => {
  folder = temporaryFolder()
  orders = await openConnection(join(folder, 'orders.db'), '5a'.repeat(32), () => undefined)
  await migrate(orders, ordersMigrations, 0)
  await orders.write(() => orders.run(`INSERT INTO accounts (account_id) VALUES ('a')`))
})
afterEach(() => orders.close())

const texts = [
  ...orderFields.map((field) => fieldColumn(field)),
  ...axes.flatMap((axis) => [`${axis}_word`, `${axis}_code`]),
  'note',
  'tags',
]
const others = ['account', 'type', 'stage', 'flag', 'first_seen_at', 'changed_at', 'pull_order', 'placed_at']
const insert = `INSERT INTO orders (${[...others, ...texts].map((column) => `"${column}"`).join(', ')})
  VALUES (1, ${'?, '.repeat(others.length + texts.length - 2)}?)`

const moment = fc.integer({ min: 0, max: 4e12 })
const order = fc
  .tuple(
    fc.record({
      type: fc.constantFrom(1, 2),
      stage: fc.constantFrom(...stages),
      flag: fc.option(fc.constantFrom(...orderFlags)),
      seen: moment,
      changed: moment,
    }),
    fc.array(fc.option(fc.oneof(nastyCell, fc.constantFrom('0', '1'))), {
      minLength: texts.length,
      maxLength: texts.length,
    }),
  )
  .map(([{ type, stage, flag, seen, changed }, cells]) =>
    [type as string | number | null, stage, flag, seen, changed, 1, ''].concat(cells),
  )

const words: fc.Arbitrary<ExportWords> = fc.oneof(
  fc.constantFrom(exportWords('zh-CN'), exportWords('en')),
  nastyCell.map((word) => ({ ...exportWords('en'), stages: { shipped: word }, flags: { red: word }, axisFlags: {} })),
)
const style: fc.Arbitrary<CsvStyle> = fc.record({
  encoding: fc.constantFrom(...csvEncodings),
  delimiter: fc.constantFrom(...csvDelimiters),
  plain: fc.boolean(),
})

async function bytesOf(table: Table, as: CsvStyle): Promise<{ bytes: string; outsideGbk: number }> {
  const path = join(folder, 'file.csv')
  const file = await open(path, 'w')
  const { outsideGbk } = await writeCsv(file, table, as).finally(() => file.close())
  return { bytes: readFileSync(path, 'latin1'), outsideGbk }
}

/** The numbers are unique within an account and a type. */
function insertTx(rows: readonly (readonly (string | number | null)[])[]): Int32Array {
  orders.run('DELETE FROM orders')
  const place = others.length - 1 + texts.indexOf('order_no')
  return Int32Array.from(
    rows.map((row, index) => orders.insert(insert, row.with(place, `${row[place] ?? ''}${index}`))),
  ).toReversed()
}

it('come from SQL as the same bytes as from their cells, whatever they hold and whatever is written meanwhile', async () => {
  const rows = fc.array(order, { minLength: 1, maxLength: 8 })
  const property = fc.asyncProperty(rows, words, style, nastyCell, async (given, said, as, accountLabel) => {
    const { ids, snapshot } = await orders.write(() => ({ ids: insertTx(given), snapshot: Snapshot.takeTx(orders) }))
    const inLots = createInLots(ids, ['orders'], { signal: new AbortController().signal, progress: () => undefined })
    const table = orderTable(snapshot, orderColumns, { words: said, accountLabel, masked: false }, inLots)
    expect(table.markedLots).not.toBeNull()
    const before = await bytesOf(table, as)
    expect(before).toEqual(await bytesOf({ ...table, markedLots: null }, as))
    await orders.write(() => orders.run(`UPDATE orders SET note = 'later', stage = 'gone' WHERE id % 2 = 0`))
    await orders.write(() => orders.run('DELETE FROM orders WHERE id % 3 = 0'))
    expect(await bytesOf(table, as)).toEqual(before)
    await orders.write(() => snapshot.dropTx())
  })
  await fc.assert(property, { numRuns: 60 })
}, 60_000)

it('are not made in SQL where a personal field is masked', async () => {
  const snapshot = await orders.write(() => Snapshot.takeTx(orders))
  const inLots = createInLots(new Int32Array(0), ['orders'], {
    signal: new AbortController().signal,
    progress: () => undefined,
  })
  const said = { words: exportWords('en'), accountLabel: '', masked: true }
  expect(orderTable(snapshot, ['phone'], said, inLots).markedLots).toBeNull()
  expect(orderTable(snapshot, ['orderNo'], said, inLots).markedLots).not.toBeNull()
})

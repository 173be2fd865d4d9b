import { csvMarks } from '#domain/csv-bytes.ts'
import { timeColumns, type OrderColumn } from '#domain/vocabulary.ts'
import type { CellKind } from '#domain/xlsx/cells.ts'
import { cellTextSql } from './cell-text-sql.ts'
import type { InLots } from './in-lots.ts'
import { createRowReader, type RowWords } from './row-reader.ts'
import type { Snapshot } from './snapshot.ts'
import type { Table } from './table.ts'

const times: ReadonlySet<OrderColumn> = new Set([...timeColumns, 'firstSeenAt', 'changedAt'])
const amounts: ReadonlySet<OrderColumn> = new Set(['rechargeAmount', 'commission'])

/** The chosen columns of the orders. */
export function orderTable(
  snapshot: Snapshot,
  columns: readonly OrderColumn[],
  words: RowWords,
  inLots: InLots,
): Table {
  const read = createRowReader(snapshot, columns, words)
  return {
    name: words.words.sheets['orders'] ?? 'orders',
    headings: columns.map((column) => words.words.columns[column] ?? column),
    kinds: columns.map(kindOf),
    lots: () => inLots('orders', read),
    markedLots: markedLots(snapshot, columns, words, inLots),
  }
}

function markedLots(
  snapshot: Snapshot,
  columns: readonly OrderColumn[],
  words: RowWords,
  inLots: InLots,
): Table['markedLots'] {
  const texts = columns.map((column) => cellTextSql(column, words))
  if (texts.includes(null)) return null
  const row = `concat(${texts.join(`, x'${hex(csvMarks.cell)}', `)}, x'${hex(csvMarks.row)}')`
  return () => inLots('orders', (ids) => snapshot.joined(row, ids))
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}

function kindOf(column: OrderColumn): CellKind {
  return times.has(column) ? 'time' : amounts.has(column) ? 'amount' : 'text'
}

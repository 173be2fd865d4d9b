import { timeColumns, type OrderColumn } from '#domain/vocabulary.ts'
import type { CellKind } from '#domain/xlsx/cells.ts'
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
  }
}

function kindOf(column: OrderColumn): CellKind {
  return times.has(column) ? 'time' : amounts.has(column) ? 'amount' : 'text'
}

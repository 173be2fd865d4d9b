import { toBeijing } from '#domain/beijing-time.ts'
import type { Axis, Stage } from '#domain/vocabulary.ts'
import type { CellKind } from '#domain/xlsx/cells.ts'
import type { ExportWords } from '#shared/contract/exports.ts'
import type { Value } from '../connection.ts'
import type { InLots } from './in-lots.ts'
import { axisText, createRowReader, type RowWords } from './row-reader.ts'
import type { Snapshot } from './snapshot.ts'
import type { Cell, Table } from './table.ts'

/** The columns of a history, and their headings' names among the words. */
const columns: readonly [name: string, kind: CellKind][] = [
  ['orderNo', 'text'],
  ['type', 'text'],
  ['seenAt', 'time'],
  ['upstreamAt', 'time'],
  ['axis', 'text'],
  ['from', 'text'],
  ['to', 'text'],
  ['stage', 'text'],
  ['backward', 'text'],
  ['pushed', 'text'],
]
const changeSql = `axis, coalesce(from_word, from_code), coalesce(to_word, to_code), stage, backward, seen_at, upstream_at,
  push IS NOT NULL`

/** Every change of the orders, in the orders' order and each order's oldest first. */
export function historyTable(snapshot: Snapshot, words: RowWords, inLots: InLots): Table & { written(): number } {
  const readOrders = createRowReader(snapshot, ['orderNo', 'type'], words)
  let written = 0
  return {
    name: words.words.sheets['history'] ?? 'history',
    headings: columns.map(([name]) => words.words.history[name] ?? name),
    kinds: columns.map(([, kind]) => kind),
    written: () => written,
    markedLots: null,
    lots: () =>
      inLots('history', (ids) => {
        const orders = readOrders(ids)
        const rows = snapshot.changes(changeSql, ids).map((change) => {
          const [orderNo = null, type = null] = orders[Number(change.at(-1))] ?? []
          return changeCells(orderNo, type, change, words.words)
        })
        written += rows.length
        return rows
      }),
  }
}

function changeCells(orderNo: Cell, type: Cell, change: readonly Value[], words: ExportWords): Cell[] {
  const [axisCell, from = null, to = null, stageCell, backward, seenAt, upstreamAt, pushed] = change
  const [axis, stage] = [axisCell as Axis, stageCell as Stage]
  const yes = (value: Value | undefined): Cell => (value === 1 ? (words.history['yes'] ?? '1') : null)
  return [
    orderNo,
    type,
    toBeijing(Number(seenAt)),
    typeof upstreamAt === 'string' ? upstreamAt : null,
    words.axes[axis] ?? axis,
    axisText(axis, from, stage, words),
    axisText(axis, to, stage, words),
    words.stages[stage] ?? stage,
    yes(backward),
    yes(pushed),
  ]
}

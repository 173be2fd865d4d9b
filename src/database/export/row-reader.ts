import { axisFlag } from '#domain/axis-flag.ts'
import { toBeijing } from '#domain/beijing-time.ts'
import { maskField } from '#domain/mask.ts'
import { personalFields, type Axis, type OrderColumn, type OrderField, type Stage } from '#domain/vocabulary.ts'
import type { ExportWords } from '#shared/contract/exports.ts'
import { tagsOf } from '../annotations/annotation-cells.ts'
import type { Value } from '../connection.ts'
import { cellSql } from '../orders/columns.ts'
import { typeOf } from '../session.ts'
import type { Snapshot } from './snapshot.ts'
import type { Cell } from './table.ts'

export interface RowWords {
  readonly words: ExportWords
  readonly accountLabel: string
  readonly masked: boolean
}

/** How a stored value becomes what a file shows; the stage is the order's. */
type Wording = (value: Value, stage: Stage) => Cell

/** Reads the chosen columns of some orders, in the ids' order, as the texts a file shows. */
export function createRowReader(
  snapshot: Snapshot,
  columns: readonly OrderColumn[],
  words: RowWords,
): (ids: Int32Array) => Cell[][] {
  const sql = [...columns.map(cellSql), 'stage'].join(', ')
  const wordings = columns
    .map((column, index): [number, Wording | null] => [index, wordingOf(column, words)])
    .filter((entry): entry is [number, Wording] => entry[1] !== null)
  return (ids) => {
    const rows = snapshot.orders(sql, ids)
    for (const row of rows) {
      const stage = row[columns.length] as Stage
      row.length = columns.length
      for (const [index, wording] of wordings) row[index] = wording(row[index] ?? null, stage)
    }
    return rows as Cell[][]
  }
}

/** null: what is stored is the text already. */
function wordingOf(column: OrderColumn, { words, accountLabel, masked }: RowWords): Wording | null {
  switch (column) {
    case 'stage':
      return (value) => words.stages[String(value)] ?? String(value)
    case 'type':
      return (value) => words.types[typeOf(Number(value))] ?? typeOf(Number(value))
    case 'account':
      return () => accountLabel
    case 'firstSeenAt':
    case 'changedAt':
      return (value) => toBeijing(Number(value))
    case 'activation':
    case 'recharge':
    case 'settlement':
    case 'refund':
      return (value, stage) => axisText(column, value, stage, words)
    case 'tags':
      return (value) => (value === null ? null : tagsOf(String(value)).join(tagJoint))
    case 'flag':
      return (value) => (value === null ? null : (words.flags[String(value)] ?? String(value)))
    default:
      return masked && isPersonal(column) ? (value) => (value === null ? null : maskField(column, String(value))) : null
  }
}

export const tagJoint = ', '

function isPersonal(column: OrderColumn): column is OrderField {
  return (personalFields as readonly OrderColumn[]).includes(column)
}

/** A bare 0 or 1 becomes its word where that is sure, as in the grid; everything else stays as it came. */
export function axisText(axis: Axis, value: Value, stage: Stage, { axisFlags }: ExportWords): Cell {
  if (typeof value !== 'string') return null
  const flag = value.length === 1 ? axisFlag(axis, value, stage) : null
  return flag === null ? value : (axisFlags[flag] ?? value)
}

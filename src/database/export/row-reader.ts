import { toBeijing } from '#domain/beijing-time.ts'
import type { OrderColumn } from '#domain/vocabulary.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Value } from '../connection.ts'
import { selectByIds } from '../orders/by-ids.ts'
import { cellSql } from '../orders/columns.ts'
import { typeOf, type Session } from '../session.ts'

type Cell = string | null
type ExportInput = InputOf<DatabaseRoutes['exports.write']>

/** Reads the chosen columns of some rows, in the ids' order, as the texts an export shows. */
export function createRowReader(session: Session, input: ExportInput): (ids: Int32Array) => Cell[][] {
  const sql = selectByIds(input.columns.map(cellSql).join(', '))
  const wordings = input.columns.map((column) => wordingOf(column, input))
  return (ids) => {
    const rows = session.orders.tuples(sql, [JSON.stringify([...ids])])
    for (const row of rows)
      for (const [index, wording] of wordings.entries()) if (wording !== null) row[index] = wording(row[index] ?? null)
    return rows as Cell[][]
  }
}

/** How a stored value that is no text yet becomes one; null: it is one already. */
function wordingOf(column: OrderColumn, { words, accountLabel }: ExportInput): ((value: Value) => Cell) | null {
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
    default:
      return null
  }
}

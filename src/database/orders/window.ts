import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Session } from '../session.ts'
import { selectByIds } from './by-ids.ts'
import { rowSql } from './columns.ts'
import type { IdLists } from './id-lists.ts'
import { dueOnSql } from './todo-sql.ts'
import { toOrderRow, type StoredOrderRow } from './row.ts'

export async function readWindow(
  session: Session,
  lists: IdLists,
  input: InputOf<DatabaseRoutes['orders.window']>,
  signal: AbortSignal,
): Promise<OutputOf<DatabaseRoutes['orders.window']>> {
  const { filter, sort, reveal } = input
  const { ids, total, complete } = await lists.piece(filter, sort, input, signal)
  const selectRows = selectByIds(`${rowSql}, ${dueOnSql(filter.todo?.view)} AS due_on`)
  const rows = session.orders.all<StoredOrderRow>(selectRows, [JSON.stringify([...ids])])
  return { rows: rows.map((row) => toOrderRow(row, reveal)), total, complete, revision: session.revision }
}

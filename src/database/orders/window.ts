import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Session } from '../session.ts'
import { selectByIds } from './by-ids.ts'
import { rowSql } from './columns.ts'
import type { IdLists } from './id-lists.ts'
import { dueOnSql } from './todo-sql.ts'
import { toOrderRow, type StoredOrderRow } from './row.ts'

export function readWindow(
  session: Session,
  lists: IdLists,
  input: InputOf<DatabaseRoutes['orders.window']>,
): OutputOf<DatabaseRoutes['orders.window']> {
  const ids = lists.get(input.filter, input.sort)
  const wanted = ids.subarray(input.start, input.start + input.count)
  const selectRows = selectByIds(`${rowSql}, ${dueOnSql(input.filter.todo?.view)} AS due_on`)
  const rows = session.orders.all<StoredOrderRow>(selectRows, [JSON.stringify([...wanted])])
  return {
    rows: rows.map((row) => toOrderRow(row, input.reveal)),
    total: ids.length,
    complete: true,
    revision: session.revision,
  }
}

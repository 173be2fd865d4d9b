import type { Annotation, AnnotationChange } from '#shared/contract/annotations.ts'
import type { OrderFilter } from '#shared/contract/orders.ts'
import { AppError } from '#shared/errors.ts'
import type { CallContext } from '#shared/rpc/route.ts'
import type { Connection } from '../connection.ts'
import type { IdLists } from '../orders/id-lists.ts'
import { findAccount, type Session } from '../session.ts'
import { untilNextTurn } from '../steps.ts'
import { toAnnotation, toCells, type AnnotationCells } from './annotation-cells.ts'
import { applyChange } from './apply-change.ts'

/** Throws orderNotFound. */
export async function saveAnnotation(
  session: Session,
  { accountId, id, change }: { accountId: string; id: number; change: AnnotationChange },
): Promise<Annotation> {
  const { orders } = session
  const written = await orders.write(() => {
    const sql = 'SELECT id, note, tags, flag FROM orders WHERE id = ? AND account = ?'
    const row = orders.get<AnnotatedRow>(sql, [id, findAccount(orders, accountId)])
    if (row === undefined) throw new AppError('orderNotFound')
    return annotateTx(orders, row, change)
  })
  if (written.changed) tell(session, accountId)
  return written.annotation
}

/** Orders written in one transaction: short enough that other writes get their turn. */
const stepOrders = 1_000

/** Every order that the filter shows when it begins. Throws cancelled. */
export async function markOrders(
  session: Session,
  lists: IdLists,
  { filter, change }: { filter: OrderFilter; change: AnnotationChange },
  { signal, progress }: CallContext<{ done: number; total: number }>,
): Promise<{ orders: number }> {
  const ids = await lists.get(filter, { column: 'firstSeenAt', descending: false })
  let changed = 0
  try {
    for (let start = 0; start < ids.length; start += stepOrders) {
      signal.throwIfAborted()
      const step = ids.subarray(start, start + stepOrders)
      changed += await session.orders.write(() => markStepTx(session.orders, step, change))
      progress({ done: start + step.length, total: ids.length })
      await untilNextTurn()
    }
  } finally {
    if (changed > 0) tell(session, filter.accountId)
  }
  return { orders: ids.length }
}

function markStepTx(orders: Connection, ids: Int32Array, change: AnnotationChange): number {
  const sql = `SELECT o.id, o.note, o.tags, o.flag FROM json_each(?) AS wanted JOIN orders o ON o.id = wanted.value`
  const rows = orders.all<AnnotatedRow>(sql, [JSON.stringify([...ids])])
  return rows.filter((row) => annotateTx(orders, row, change).changed).length
}

interface AnnotatedRow extends AnnotationCells {
  id: number
}

function annotateTx(
  orders: Connection,
  row: AnnotatedRow,
  change: AnnotationChange,
): { annotation: Annotation; changed: boolean } {
  const annotation = applyChange(toAnnotation(row), change)
  const cells = toCells(annotation)
  const changed = [row.note, row.tags, row.flag].some((before, index) => before !== cells[index])
  if (changed) orders.run('UPDATE orders SET note = ?, tags = ?, flag = ? WHERE id = ?', [...cells, row.id])
  return { annotation, changed }
}

function tell(session: Session, accountId: string): void {
  session.revision += 1
  session.ordersChanged(accountId)
}

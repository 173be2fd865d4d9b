import { codesOf, stepAfter } from '#domain/funnel.ts'
import { mergeOrder } from '#domain/merge-order.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { isPushNewer, timesOf, underPush } from '#domain/push/merge-push.ts'
import type { PushedOrder } from '#domain/push/read-push.ts'
import { computeStage } from '#domain/status/stage.ts'
import type { Connection } from '../connection.ts'
import { readReading } from '../mapping/rules-table.ts'
import { fillOrderTx } from '../merge/fill-order.ts'
import { insertChangeTx } from '../merge/history.ts'
import type { ChangeSource } from '../merge/pull.ts'
import { storedOf, writeOrderTx, type StoredRow } from '../merge/stored-row.ts'
import { pushedOrderOf, pushedRowSql, type PushedRow } from './pushed-row.ts'

/** A push belongs to no run. */
const noRun = 0

/**
 * Merges a push into its order: the fields and axes it names, and nothing else; the original stays the pull's. One that
 * is older than what is stored only fills what is empty. True: the order or its history changed.
 */
export function applyPushTx(orders: Connection, order: StoredRow, item: PushedRow): boolean {
  const push = pushedOrderOf(item)
  const incoming = asRead(orders, order, push)
  const stored = storedOf(order)
  const arrivedLast = order.pull_order <= item.after_attempt
  const isNewer = isPushNewer(timesOf(push), stored.fields.updatedAt ?? null, arrivedLast)
  const source: ChangeSource = {
    run: item.run ?? noRun,
    push: item.id,
    seenAt: item.received_at,
    pullOrder: order.pull_order,
  }
  const changed = isNewer
    ? updateTx(orders, order, incoming, { ...source, pullOrder: Math.max(order.pull_order, item.after_attempt) })
    : fillOrderTx(
        orders,
        order,
        { ...source, pullOrder: Math.min(item.after_attempt, order.pull_order - 1) },
        incoming,
        {
          pushes: [],
          after: push.upstreamAt,
        },
      )
  orders.run('UPDATE orders SET pushed = 1 WHERE id = ?', [order.id])
  return changed
}

/** By what the merchant has said of the codes and words of that order type. */
function asRead(orders: Connection, order: StoredRow, push: PushedOrder): MappedOrder {
  const { rules, corrections } = readReading(orders, order.account, order.type)
  const profile = rules.profile ?? push.profile ?? 'unknown'
  const stage = computeStage(push.axes, profile, corrections)
  return { ...push, orderNo: String(order['order_no']), profile, corrections, stage }
}

function updateTx(orders: Connection, order: StoredRow, incoming: MappedOrder, source: ChangeSource): boolean {
  const merged = mergeOrder(storedOf(order), incoming)
  if (merged.kind === 'unchanged') return false
  const backward = merged.changes.length === 0 ? order.backward === 1 : merged.changes.some((change) => change.backward)
  const reached = stepAfter(order.reached, [merged], codesOf(incoming))
  writeOrderTx(orders, order, merged, { changedAt: source.seenAt, pullOrder: order.pull_order, backward, reached })
  for (const change of merged.changes) insertChangeTx(orders, order.id, source, change)
  return true
}

/** Pushes of an order that are newer than a pull, oldest first. */
export function newerPushes(
  orders: Connection,
  orderId: number,
  pulled: MappedOrder,
  pullOrder: number,
): { id: number; push: PushedOrder }[] {
  const sql = `SELECT ${pushedRowSql} FROM pushed_items WHERE order_id = ? ORDER BY id`
  return orders
    .all<PushedRow>(sql, [orderId])
    .map((item) => ({ id: item.id, push: pushedOrderOf(item), cameAfter: item.after_attempt >= pullOrder }))
    .filter(({ push, cameAfter }) => isPushNewer(timesOf(push), pulled.upstreamAt, cameAfter))
}

/** A pulled order under the pushes that are newer than it. */
export function underNewerPushes(
  orders: Connection,
  orderId: number,
  pulled: MappedOrder,
  pullOrder: number,
): MappedOrder {
  return newerPushes(orders, orderId, pulled, pullOrder).reduce((under, { push }) => underPush(under, push), pulled)
}

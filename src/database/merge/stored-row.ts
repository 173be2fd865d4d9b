import { toBeijing } from '#domain/beijing-time.ts'
import type { StoredOrder } from '#domain/merge-order.ts'
import type { Stage } from '#domain/vocabulary.ts'
import type { Connection, Value } from '../connection.ts'
import { axesOf, axisColumns, fieldColumns, fieldsOf, orderValues } from '../orders/order-table.ts'

/** An order as a merge reads it. */
export interface StoredRow {
  id: number
  account: number
  type: number
  stage: Stage
  pull_order: number
  first_seen_at: number
  changed_at: number
  backward: number
  /** 1: pushes were merged into it. */
  pushed: number
  /** 1: only status callbacks have told of it. */
  partial: number
  /** The farthest step of the funnel, as its number; null: to be found out. */
  reached: number | null
  [column: string]: Value
}

const valueColumns = [...fieldColumns, ...axisColumns]
export const selectStored = `SELECT id, account, type, stage, pull_order, first_seen_at, changed_at, backward, pushed, partial, reached,
  ${valueColumns.join(', ')} FROM orders`
export const insertOrder = `INSERT INTO orders (account, type, stage, placed_at, first_seen_at, changed_at, pull_order, backward,
  reached, ${valueColumns.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ${valueColumns.map(() => '?').join(', ')})`
const updateOrder = `UPDATE orders SET stage = ?, placed_at = ?, first_seen_at = ?, changed_at = ?, pull_order = ?, backward = ?,
  reached = ?, ${valueColumns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`

export function storedOf(row: StoredRow): StoredOrder {
  return { fields: fieldsOf(row), axes: axesOf(row), stage: row.stage }
}

/** What a merge notes of an order beside what it says. */
export interface Written {
  changedAt: number
  pullOrder: number
  backward: boolean
  /** The farthest step of the funnel, as its number; null: to be found out from the order and its history. */
  reached: number | null
}

export function writeOrderTx(
  orders: Connection,
  row: StoredRow,
  merged: StoredOrder,
  { changedAt, pullOrder, backward, reached }: Written,
): void {
  orders.run(updateOrder, [
    merged.stage,
    merged.fields.createdAt ?? toBeijing(row.first_seen_at),
    row.first_seen_at,
    changedAt,
    pullOrder,
    backward ? 1 : 0,
    reached,
    ...orderValues(merged.fields, merged.axes),
    row.id,
  ])
}

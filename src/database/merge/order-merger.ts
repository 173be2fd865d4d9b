import { toBeijing } from '#domain/beijing-time.ts'
import { mergeOrder, type MergedOrder, type StoredOrder } from '#domain/merge-order.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { axes, type Stage } from '#domain/vocabulary.ts'
import type { Connection, Value } from '../connection.ts'
import { axesOf, axisColumns, fieldColumns, fieldsOf, orderValues } from '../orders/order-table.ts'
import { insertChangeTx } from './history.ts'
import { insertLateChangesTx } from './late-history.ts'
import type { Pull } from './pull.ts'

interface StoredRow {
  id: number
  stage: Stage
  pull_order: number
  first_seen_at: number
  changed_at: number
  backward: number
  [column: string]: Value
}

const valueColumns = [...fieldColumns, ...axisColumns]
const selectStored = `SELECT id, stage, pull_order, first_seen_at, changed_at, backward, ${valueColumns.join(', ')} FROM orders
  WHERE account = ? AND order_no = ? AND type = ?`
const insertOrder = `INSERT INTO orders (account, type, stage, placed_at, first_seen_at, changed_at, pull_order, backward,
  ${valueColumns.join(', ')}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ${valueColumns.map(() => '?').join(', ')})`
const updateOrder = `UPDATE orders SET stage = ?, placed_at = ?, first_seen_at = ?, changed_at = ?, pull_order = ?, backward = ?,
  ${valueColumns.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`

/** Merges the orders of one pull, within its transaction. */
export class OrderMerger {
  readonly counts = { new: 0, changed: 0, unchanged: 0 }
  readonly #orders: Connection
  readonly #pull: Pull

  constructor(orders: Connection, pull: Pull) {
    this.#orders = orders
    this.#pull = pull
  }

  mergeTx(incoming: MappedOrder): void {
    const { account, type } = this.#pull
    const row = this.#orders.get<StoredRow>(selectStored, [account, incoming.orderNo, type])
    if (row === undefined) this.#insertTx(incoming, mergeOrder(null, incoming))
    else if (row.pull_order > this.#pull.pullOrder) this.#fillTx(row, incoming)
    else this.#updateTx(row, incoming)
  }

  #insertTx(incoming: MappedOrder, merged: MergedOrder): void {
    const { account, type, seenAt, pullOrder } = this.#pull
    const placedAt = merged.fields.createdAt ?? toBeijing(seenAt)
    const id = this.#orders.insert(insertOrder, [
      account,
      type,
      merged.stage,
      placedAt,
      seenAt,
      seenAt,
      pullOrder,
      0,
      ...orderValues({ ...merged.fields, orderNo: incoming.orderNo }, merged.axes),
    ])
    this.#orders.insert('INSERT INTO order_originals VALUES (?, ?)', [id, incoming.original])
    for (const change of merged.changes) insertChangeTx(this.#orders, id, this.#pull, change)
    this.counts.new += 1
  }

  #updateTx(row: StoredRow, incoming: MappedOrder): void {
    const merged = mergeOrder(storedOf(row), incoming)
    const { pullOrder, seenAt } = this.#pull
    this.#orders.run('UPDATE order_originals SET json = ? WHERE order_id = ? AND json <> ?', [
      incoming.original,
      row.id,
      incoming.original,
    ])
    if (merged.kind === 'unchanged') {
      this.#orders.run('UPDATE orders SET pull_order = ? WHERE id = ?', [pullOrder, row.id])
      this.counts.unchanged += 1
      return
    }
    // A change of fields alone leaves the flag of the last status change.
    const backward = merged.changes.length === 0 ? row.backward === 1 : merged.changes.some((change) => change.backward)
    this.#writeTx(row, merged, seenAt, pullOrder, backward)
    for (const change of merged.changes) insertChangeTx(this.#orders, row.id, this.#pull, change)
    this.counts.changed += 1
  }

  /** A pull that left earlier but is merged later: it fills what is empty and adds its history, and overwrites nothing. */
  #fillTx(row: StoredRow, incoming: MappedOrder): void {
    const stored = storedOf(row)
    const { seenAt } = this.#pull
    const later = { id: row.id, pullOrder: row.pull_order, stored }
    const older = mergeOrder(null, incoming)
    const filled = mergeOrder(older, { ...incoming, ...stored, upstreamAt: null })
    const silent = axes.every((axis) => stored.axes[axis] !== null || filled.axes[axis] === null)
    const merged = silent ? { ...filled, stage: row.stage } : filled
    const fills = mergeOrder(stored, { ...incoming, ...merged, upstreamAt: null }).kind !== 'unchanged'
    const first = { ...row, first_seen_at: Math.min(row.first_seen_at, seenAt) }
    if (fills || seenAt < row.first_seen_at)
      this.#writeTx(first, merged, row.changed_at, row.pull_order, row.backward === 1)
    const tells = insertLateChangesTx(this.#orders, later, this.#pull, incoming)
    this.counts[fills || tells ? 'changed' : 'unchanged'] += 1
  }

  #writeTx(row: StoredRow, merged: StoredOrder, changedAt: number, pullOrder: number, backward: boolean): void {
    const placedAt = merged.fields.createdAt ?? toBeijing(row.first_seen_at)
    this.#orders.run(updateOrder, [
      merged.stage,
      placedAt,
      row.first_seen_at,
      changedAt,
      pullOrder,
      backward ? 1 : 0,
      ...orderValues(merged.fields, merged.axes),
      row.id,
    ])
  }
}

function storedOf(row: StoredRow): StoredOrder {
  return { fields: fieldsOf(row), axes: axesOf(row), stage: row.stage }
}

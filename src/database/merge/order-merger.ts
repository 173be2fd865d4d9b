import { toBeijing } from '#domain/beijing-time.ts'
import { codesOf, farthestStep, stepAfter } from '#domain/funnel.ts'
import { mergeOrder, type MergedOrder } from '#domain/merge-order.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { underPush } from '#domain/push/merge-push.ts'
import type { Connection } from '../connection.ts'
import { orderValues } from '../orders/order-table.ts'
import { newerPushes } from '../pushes/apply-push.ts'
import { hasWaiting, matchWaitingTx } from '../pushes/waiting-pushes.ts'
import { noteFindingTx } from '../reconcile.ts'
import { fillOrderTx } from './fill-order.ts'
import { insertChangeTx } from './history.ts'
import { insertOverruledTx } from './late-history.ts'
import type { Pull } from './pull.ts'
import { insertOrder, selectStored, storedOf, writeOrderTx, type StoredRow } from './stored-row.ts'

const selectByNumber = `${selectStored} WHERE account = ? AND order_no = ? AND type = ?`

/** Merges the orders of one pull, within its transaction. */
export class OrderMerger {
  readonly counts = { new: 0, changed: 0, unchanged: 0 }
  readonly #orders: Connection
  readonly #pull: Pull
  readonly #pushesWait: boolean

  constructor(orders: Connection, pull: Pull) {
    this.#orders = orders
    this.#pull = pull
    this.#pushesWait = hasWaiting(orders, pull.account)
  }

  mergeTx(incoming: MappedOrder): void {
    const { account, type, pullOrder } = this.#pull
    const row = this.#orders.get<StoredRow>(selectByNumber, [account, incoming.orderNo, type])
    const { unchanged } = this.counts
    if (row === undefined) this.#insertTx(incoming, mergeOrder(null, incoming))
    else if (row.pull_order > pullOrder) this.#fillTx(row, incoming)
    else if (row.pushed === 0) this.#updateTx(row, incoming, false)
    else this.#updateUnderPushesTx(row, incoming)
    if (row?.partial === 1 && this.#pull.channel === 'sync') this.#noteFullTx(row.id)
    if (this.#pushesWait && this.counts.unchanged === unchanged)
      matchWaitingTx(this.#orders, account, { orderNo: incoming.orderNo, ownNo: incoming.fields.ownNo ?? null })
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
      farthestStep(merged, codesOf(incoming)),
      ...orderValues({ ...merged.fields, orderNo: incoming.orderNo }, merged.axes),
    ])
    this.#orders.insert('INSERT INTO order_originals VALUES (?, ?)', [id, incoming.original])
    if (this.#pull.channel === 'callback') this.#orders.run('UPDATE orders SET partial = 1 WHERE id = ?', [id])
    for (const change of merged.changes) insertChangeTx(this.#orders, id, this.#pull, change)
    this.#noteTx(id, 'new')
    this.counts.new += 1
  }

  /** What pushes that are newer have named stands; what the pull said of it belongs before them in the history. */
  #updateUnderPushesTx(row: StoredRow, incoming: MappedOrder): void {
    const pushes = newerPushes(this.#orders, row.id, incoming, this.#pull.pullOrder)
    const later = { pushes: pushes.map(({ id }) => id), after: incoming.upstreamAt }
    const tells = pushes.length > 0 && insertOverruledTx(this.#orders, row.id, this.#pull, incoming, later)
    const under = pushes.reduce((order, { push }) => underPush(order, push), incoming)
    this.#updateTx(tells ? { ...row, backward: this.#backwardOf(row.id) } : row, under, tells)
  }

  #backwardOf(id: number): number {
    return this.#orders.get<{ backward: number }>('SELECT backward FROM orders WHERE id = ?', [id])?.backward ?? 0
  }

  /** `tells`: its history has changed already. */
  #updateTx(row: StoredRow, incoming: MappedOrder, tells: boolean): void {
    const merged = mergeOrder(storedOf(row), incoming)
    const { pullOrder, seenAt } = this.#pull
    // A status callback carries a part of the order: it takes the place of no whole one.
    if (this.#pull.channel === 'sync' || row.partial === 1) this.#keepOriginalTx(row.id, incoming.original)
    if (merged.kind === 'unchanged') {
      this.#orders.run('UPDATE orders SET pull_order = ? WHERE id = ?', [pullOrder, row.id])
      this.counts[tells ? 'changed' : 'unchanged'] += 1
      return
    }
    // A change of fields alone leaves the flag of the last status change.
    const backward = merged.changes.length === 0 ? row.backward === 1 : merged.changes.some((change) => change.backward)
    const reached = stepAfter(row.reached, [merged], codesOf(incoming))
    writeOrderTx(this.#orders, row, merged, { changedAt: seenAt, pullOrder, backward, reached })
    for (const change of merged.changes) insertChangeTx(this.#orders, row.id, this.#pull, change)
    this.#noteTx(row.id, 'changed')
    this.counts.changed += 1
  }

  /** A pull that left earlier but is merged later. */
  #fillTx(row: StoredRow, incoming: MappedOrder): void {
    const changed = fillOrderTx(this.#orders, row, this.#pull, incoming)
    if (row.partial === 1 && this.#pull.channel === 'sync') this.#keepOriginalTx(row.id, incoming.original)
    this.counts[changed ? 'changed' : 'unchanged'] += 1
  }

  #keepOriginalTx(id: number, original: string): void {
    this.#orders.run('UPDATE order_originals SET json = ? WHERE order_id = ? AND json <> ?', [original, id, original])
  }

  /** Channel 1 has shown it: nothing more is wanted. */
  #noteFullTx(id: number): void {
    this.#orders.run('UPDATE orders SET partial = 0, full_reads = 0 WHERE id = ?', [id])
  }

  #noteTx(id: number, kind: 'new' | 'changed'): void {
    if (this.#pull.reconciles) noteFindingTx(this.#orders, this.#pull.run, id, kind)
  }
}

import { readStored } from '#domain/mapper/read-stored.ts'
import type { Reading } from '#domain/mapper/rules.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { expiredPart, rereadOrder, type TwoReadings } from '#domain/reread-order.ts'
import { axes, type Axis, type AxisValue, type CodeProfile } from '#domain/vocabulary.ts'
import type { Connection, Value } from '../connection.ts'
import { insertChangeTx } from '../merge/history.ts'
import { storedOf, writeOrderTx, type StoredRow } from '../merge/stored-row.ts'
import { underNewerPushes } from '../pushes/apply-push.ts'
import { insertRowTx, type Row } from './rows.ts'
import type { OrderTraces, Sources } from './sources.ts'

/** One change of an order's history, as it is stored. */
export interface ChangeRow {
  id: number
  order_id: number
  axis: Axis
  to_word: string | null
  to_code: string | null
  pull_order: number
  seen_at: number
  backward: number
  run: number
  push: number | null
  [column: string]: Value
}

/** An order that replies which are still there do not explain, with everything that is stored of it. */
export interface Unexplained {
  row: StoredRow & { account: number; type: number; order_no: string }
  changes: readonly ChangeRow[]
  original: string
}

export interface SeedContext {
  live: Connection
  shadow: Connection
  sources: Sources
  /** By which the stored orders were made, and by which they are made anew. */
  before: Reading
  after: Reading
  profile: CodeProfile | undefined
  /** Further elements of the account: few orders say little about how they are to be read. */
  evidence: readonly string[]
}

/** Orders that share their new number with one that is in the shadow already: the id of theirs. */
export type Joined = Map<number, number>

/** Puts orders whose sources have expired, in whole or in part, or that pushes told of, into the shadow. */
export function seedOrdersTx(context: SeedContext, orders: readonly Unexplained[], joined: Joined): void {
  const elements = orders.map(({ row, original }) => ({ orderNo: row.order_no, original }))
  const before = readStored(elements, context.evidence, context.before, context.profile)
  const after = readStored(elements, context.evidence, context.after, context.profile)
  for (const [index, order] of orders.entries()) {
    const readings = {
      before: underPushes(context, order.row, before[index] ?? null),
      after: underPushes(context, order.row, after[index] ?? null),
    }
    seedTx(
      context,
      order,
      readings.before === null || readings.after === null ? null : (readings as TwoReadings),
      joined,
    )
  }
}

function seedTx(context: SeedContext, order: Unexplained, readings: TwoReadings | null, joined: Joined): void {
  const { shadow } = context
  const { row } = order
  const orderNo = readings?.after.orderNo ?? row.order_no
  const taken = shadow.get<{ id: number }>('SELECT id FROM orders WHERE account = ? AND type = ? AND order_no = ?', [
    row.account,
    row.type,
    orderNo,
  ])
  const kept = order.changes.filter((change) => isKept(context.sources, row, change))
  if (taken !== undefined) {
    joined.set(row.id, taken.id)
    for (const change of kept) insertRowTx(shadow, 'status_changes', { ...change, order_id: taken.id })
    return
  }
  insertRowTx(shadow, 'orders', { ...row, order_no: orderNo })
  insertRowTx(shadow, 'seeds', { id: row.id })
  insertRowTx(shadow, 'order_originals', { order_id: row.id, json: order.original })
  for (const change of kept) insertRowTx(shadow, 'status_changes', change)
  if (readings === null) return
  if (isLastThere(context.sources, row)) seedPartTx(shadow, row, kept, readings)
  else seedWholeTx(shadow, row, order.changes, readings)
}

/** What a pull's element says together with the pushes that were newer than it. */
function underPushes({ live }: SeedContext, row: StoredRow, pulled: MappedOrder | null): MappedOrder | null {
  return pulled === null || row.pushed === 0 ? pulled : underNewerPushes(live, row.id, pulled, row.pull_order)
}

/** Pushes are told of by their own entries; a pull's entry stays where its reply cannot be read again. */
function isKept(sources: Sources, row: StoredRow, change: ChangeRow): boolean {
  return change.push !== null || !sources.tells(change) || (row.pushed === 1 && change.pull_order === row.pull_order)
}

/** The reply that wrote the order last will be read again. Over a push it would say too little. */
function isLastThere(sources: Sources, row: StoredRow): boolean {
  return row.pushed === 0 && sources.isThere(row.pull_order)
}

/** Only what earlier, expired replies left: the others are read again on top of it. */
function seedPartTx(shadow: Connection, row: StoredRow, kept: readonly ChangeRow[], readings: TwoReadings): void {
  const last = kept.toSorted(inOrder).at(-1)
  const seed = expiredPart(storedOf(row), readings, lastAxes(kept))
  const fields = { ...seed.fields, orderNo: readings.after.orderNo }
  writeOrderTx(
    shadow,
    row,
    { ...seed, fields },
    {
      changedAt: last?.seen_at ?? row.first_seen_at,
      pullOrder: last?.pull_order ?? 0,
      backward: last?.backward === 1,
      reached: null,
    },
  )
}

function seedWholeTx(shadow: Connection, row: StoredRow, changes: readonly ChangeRow[], readings: TwoReadings): void {
  const { changes: found, ...order } = rereadOrder(storedOf(row), readings)
  const fields = { ...order.fields, orderNo: readings.after.orderNo }
  const backward = found.length === 0 ? row.backward === 1 : found.some((change) => change.backward)
  const as = { changedAt: row.changed_at, pullOrder: row.pull_order, backward, reached: null }
  writeOrderTx(shadow, row, { ...order, fields }, as)
  const run = changes.toSorted(inOrder).at(-1)?.run ?? 0
  const source = { run, pullOrder: row.pull_order, seenAt: row.changed_at }
  for (const change of found) insertChangeTx(shadow, row.id, source, change)
}

function lastAxes(kept: readonly ChangeRow[]): Record<Axis, AxisValue | null> {
  const sorted = kept.toSorted(inOrder)
  const valueOf = (axis: Axis): AxisValue | null => {
    const last = sorted.findLast((change) => change.axis === axis)
    return last === undefined ? null : { word: last.to_word, code: last.to_code }
  }
  return Object.fromEntries(axes.map((axis) => [axis, valueOf(axis)])) as Record<Axis, AxisValue | null>
}

function inOrder(one: ChangeRow, other: ChangeRow): number {
  return one.pull_order - other.pull_order || one.id - other.id
}

/** A stored order with its traces; null where replies that are still there explain it. */
export function unexplained(
  sources: Sources,
  row: Row,
  changes: readonly ChangeRow[],
): Omit<Unexplained, 'original'> | null {
  const order = row as Unexplained['row']
  const traces: OrderTraces = {
    pushed: order.pushed,
    pull_order: order.pull_order,
    first_seen_at: order.first_seen_at,
    changes,
  }
  return sources.explain(traces) ? null : { row: order, changes }
}

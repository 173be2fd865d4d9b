import type { AxisChange } from '#domain/merge-order.ts'
import type { Connection, Value } from '../connection.ts'
import type { AxisValue } from '#domain/vocabulary.ts'
import type { ChangeSource } from './pull.ts'

const insertChange = `INSERT INTO status_changes (order_id, axis, had_before, from_word, from_code, to_word, to_code, stage,
  backward, seen_at, upstream_at, run, pull_order, push, account, type)
  SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, account, type FROM orders WHERE id = ?`

/** One more entry of an order's timeline, seen with that pull or push. */
export function insertChangeTx(orders: Connection, orderId: number, source: ChangeSource, change: AxisChange): void {
  orders.insert(insertChange, [
    change.axis,
    ...fromCells(change.from),
    change.to.word,
    change.to.code,
    change.stage,
    change.backward ? 1 : 0,
    source.seenAt,
    change.upstreamAt,
    source.run,
    source.pullOrder,
    source.push ?? null,
    orderId,
  ])
}

/** The columns had_before, from_word and from_code. */
export function fromCells(value: AxisValue | null): Value[] {
  return [value === null ? 0 : 1, value?.word ?? null, value?.code ?? null]
}

import type { AxisChange } from '#domain/merge-order.ts'
import type { Connection, Value } from '../connection.ts'
import type { AxisValue } from '#domain/vocabulary.ts'
import type { Pull } from './pull.ts'

const insertChange = `INSERT INTO status_changes (order_id, axis, had_before, from_word, from_code, to_word, to_code, stage,
  backward, seen_at, upstream_at, run, pull_order) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** One more entry of an order's timeline, seen with that pull. */
export function insertChangeTx(
  orders: Connection,
  orderId: number,
  pull: Pick<Pull, 'run' | 'pullOrder' | 'seenAt'>,
  change: AxisChange,
): void {
  orders.insert(insertChange, [
    orderId,
    change.axis,
    ...fromCells(change.from),
    change.to.word,
    change.to.code,
    change.stage,
    change.backward ? 1 : 0,
    pull.seenAt,
    change.upstreamAt,
    pull.run,
    pull.pullOrder,
  ])
}

/** The columns had_before, from_word and from_code. */
export function fromCells(value: AxisValue | null): Value[] {
  return [value === null ? 0 : 1, value?.word ?? null, value?.code ?? null]
}

import type { MergedOrder } from '#domain/merge-order.ts'
import type { AxisValue } from '#domain/vocabulary.ts'
import type { Connection, Value } from '../connection.ts'
import type { Pull } from './pull.ts'

type Change = MergedOrder['changes'][number]

interface Neighbour {
  id: number
  to_word: string | null
  to_code: string | null
}

const insertChange = `INSERT INTO status_changes (order_id, axis, had_before, from_word, from_code, to_word, to_code, stage,
  backward, seen_at, upstream_at, run, pull_order) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

export function insertChangeTx(orders: Connection, orderId: number, pull: Pull, change: Change): void {
  orders.insert(insertChange, [
    orderId,
    change.axis,
    ...before(change.from),
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

/**
 * History of a pull that is merged after a later one: each axis value goes between the changes around it, so that
 * nothing the upstream once said is missing from the timeline.
 */
export function insertLateChangesTx(orders: Connection, orderId: number, pull: Pull, changes: readonly Change[]): void {
  for (const change of changes) {
    const previous = neighbour(orders, orderId, change.axis, pull.pullOrder, 'before')
    if (previous !== undefined && says(previous, change.to)) continue
    const next = neighbour(orders, orderId, change.axis, pull.pullOrder, 'after')
    if (next !== undefined && says(next, change.to)) {
      orders.run('UPDATE status_changes SET seen_at = ?, run = ?, pull_order = ? WHERE id = ?', [
        pull.seenAt,
        pull.run,
        pull.pullOrder,
        next.id,
      ])
      continue
    }
    const from = previous === undefined ? null : { word: previous.to_word, code: previous.to_code }
    insertChangeTx(orders, orderId, pull, { ...change, from })
    if (next !== undefined)
      orders.run('UPDATE status_changes SET had_before = ?, from_word = ?, from_code = ? WHERE id = ?', [
        ...before(change.to),
        next.id,
      ])
  }
}

function neighbour(
  orders: Connection,
  orderId: number,
  axis: string,
  pullOrder: number,
  side: 'before' | 'after',
): Neighbour | undefined {
  const [compare, direction] = side === 'before' ? ['<=', 'DESC'] : ['>', 'ASC']
  return orders.get<Neighbour>(
    `SELECT id, to_word, to_code FROM status_changes WHERE order_id = ? AND axis = ? AND pull_order ${compare} ?
     ORDER BY pull_order ${direction}, id ${direction} LIMIT 1`,
    [orderId, axis, pullOrder],
  )
}

function says(row: Neighbour, value: AxisValue): boolean {
  return row.to_word === value.word && row.to_code === value.code
}

/** had_before, from_word, from_code */
function before(value: AxisValue | null): Value[] {
  return [value === null ? 0 : 1, value?.word ?? null, value?.code ?? null]
}

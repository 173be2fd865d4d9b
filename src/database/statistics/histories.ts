import type { HistoryEntry } from '#domain/funnel.ts'
import type { Axis, Stage } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'

export type StoredEntry = HistoryEntry & { readonly stage: Stage }

type Tuple = [number, Axis, string | null, string | null, Stage, number, string | null]

/** The histories of some orders, each oldest first. */
export function historiesOf(orders: Connection, ids: readonly number[]): Map<number, StoredEntry[]> {
  const histories = new Map<number, StoredEntry[]>()
  const rows = orders.tuples<Tuple>(
    `SELECT order_id, axis, to_word, to_code, stage, seen_at, upstream_at FROM status_changes
     WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY order_id, pull_order, id`,
    [JSON.stringify(ids)],
  )
  for (const [orderId, axis, word, code, stage, seenAt, upstreamAt] of rows) {
    const entries = histories.get(orderId) ?? []
    if (entries.length === 0) histories.set(orderId, entries)
    entries.push({ axis, to: { word, code }, stage, seenAt, upstreamAt })
  }
  return histories
}

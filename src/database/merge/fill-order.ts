import { codesOf, stepAfter } from '#domain/funnel.ts'
import { mergeOrder } from '#domain/merge-order.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import { axes } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { insertLateChangesTx } from './late-history.ts'
import type { ChangeSource } from './pull.ts'
import { storedOf, writeOrderTx, type StoredRow } from './stored-row.ts'
import type { Later } from './timeline.ts'

/**
 * Merges what is older than what is stored: it fills what is empty and adds its history, and overwrites nothing.
 * `later`: what is known to be later by the upstream's own time. True: something changed.
 */
export function fillOrderTx(
  orders: Connection,
  row: StoredRow,
  source: ChangeSource,
  incoming: MappedOrder,
  later: Later | null = null,
): boolean {
  const stored = storedOf(row)
  const { seenAt } = source
  const order = { id: row.id, pullOrder: row.pull_order, stored }
  const older = mergeOrder(null, incoming)
  const filled = mergeOrder(older, { ...incoming, ...stored, upstreamAt: null })
  const silent = axes.every((axis) => stored.axes[axis] !== null || filled.axes[axis] === null)
  const merged = silent ? { ...filled, stage: row.stage } : filled
  const fills = mergeOrder(stored, { ...incoming, ...merged, upstreamAt: null }).kind !== 'unchanged'
  const first = { ...row, first_seen_at: Math.min(row.first_seen_at, seenAt) }
  const reached = stepAfter(row.reached, [merged, incoming], codesOf(incoming))
  if (fills || seenAt < row.first_seen_at || reached !== row.reached) {
    const as = { changedAt: row.changed_at, pullOrder: row.pull_order, backward: row.backward === 1, reached }
    writeOrderTx(orders, first, merged, as)
  }
  const tells = insertLateChangesTx(orders, order, source, incoming, later)
  return fills || tells
}

import { cappedBy, isRoundCount, type Capped, type HeldItems, type OtherReply } from '#domain/capped.ts'
import { areApart, type Range } from '#domain/ranges.ts'
import type { Connection } from '../connection.ts'
import type { ReplyRow } from '../replies/reply-row.ts'

export interface CappedReply {
  capped: Capped | null
  /** Answered requests of other windows that stopped at the same round number: they are open again. */
  reopened: number[]
}

interface StoredOther extends HeldItems {
  uid: string
  /** Capped, as it was judged when it was merged or since. */
  known: string | null
  request: number
  state: string
  range_from: string | null
  range_to: string | null
}

/** Enough to find one that lies apart. */
const othersLookedAt = 1_000

/** Whether a reply that was understood holds everything of its window, by itself and beside what others held. */
export function judgeCappedTx(orders: Connection, reply: ReplyRow, range: Range | null, held: HeldItems): CappedReply {
  const others = othersOf(orders, reply, held).map((other) => Object.assign(other, { window: relation(range, other) }))
  const capped = cappedBy(held, others)
  if (capped !== 'round') return { capped, reopened: [] }
  const alike = others.filter((other) => other.window === 'apart' && other.received === held.received)
  // One known to be capped has been halved since.
  const reopened = alike.filter(({ state, known }) => state === 'answered' && known === null)
  for (const { request, uid } of reopened) {
    orders.run(`UPDATE requests SET state = 'open', closed_at = NULL WHERE id = ?`, [request])
    orders.run(`UPDATE merged_replies SET result = json_set(result, '$.capped', 'round') WHERE uid = ?`, [uid])
  }
  return { capped, reopened: [...new Set(reopened.map(({ request }) => request))] }
}

function othersOf(orders: Connection, reply: ReplyRow, { received, total }: HeldItems): StoredOther[] {
  const round = isRoundCount(received)
  if (!round && (total === null || total === received)) return []
  return orders.all<StoredOther>(
    `SELECT m.uid, json_extract(m.result, '$.capped') AS known, m.request, m.received, m.total, q.state,
            q.range_from, q.range_to
     FROM merged_replies m JOIN requests q ON q.id = m.request
     WHERE m.account = ? AND (m.received = ? AND m.received > 0 OR m.total = ? AND m.total > 0)
       AND m.outcome = 'understood' AND q.type = ? AND q.id <> ? ORDER BY m.pull_order DESC LIMIT ?`,
    [reply.account, round ? received : -1, total ?? -1, reply.type, reply.request, othersLookedAt],
  )
}

/** Incremental calls lie apart from one another: each brings what none before it brought. */
function relation(range: Range | null, { range_from: from, range_to: to }: StoredOther): OtherReply['window'] {
  if (from === null || to === null || range === null)
    return range === null && (from === null || to === null) ? 'apart' : 'overlapping'
  if (from === range.from && to === range.to) return 'same'
  return areApart(range, { from, to }) ? 'apart' : 'overlapping'
}

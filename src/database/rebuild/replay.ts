import { mergeResultSchema } from '#shared/database/contract.ts'
import { readReply, type ReplyFacts } from '#domain/reply.ts'
import type { Connection } from '../connection.ts'
import { OrderMerger } from '../merge/order-merger.ts'
import { noteUnreadableTx, resolveUnreadableTx } from '../mapping/unreadable-items.ts'
import { readReplyText } from '../replies/read-text.ts'
import type { ReplyRow } from '../replies/reply-row.ts'
import type { Session } from '../session.ts'
import { createSlicer } from '../steps.ts'

/** A reply that was read again. */
export interface Replayed {
  replyId: number
  /** 1: something in it is unreadable or unclear, so that it is to be kept for ever. */
  keep: number
  /** Notes in the orders file what it comes to now, within the swap. */
  noteTx(live: Connection): void
}

/** Merges a raw reply into the shadow as a merge would, by the given rules. What the run had counted stays as it was. */
export async function replayReply(
  session: Session,
  shadow: Connection,
  reply: ReplyRow,
  facts: Pick<ReplyFacts, 'reading'> & { profile: ReplyFacts['profile'] | undefined },
  signal: AbortSignal,
): Promise<Replayed> {
  const text = await readReplyText(session.replies, reply.id)
  const codes = session.orders.column<string>('SELECT code FROM known_codes WHERE account = ?', [reply.account])
  const { reading, profile } = facts
  const read = readReply(text, {
    httpStatus: reply.http_status,
    knownCodes: new Set(codes),
    ...(reading !== undefined && { reading }),
    ...(profile !== undefined && { profile }),
  })
  const { mapped, outcome } = read
  const seenAt = reply.ended_at ?? reply.began_at
  await shadow.write(async () => {
    const pull = { ...reply, pullOrder: reply.attempt, seenAt, reconciles: false }
    const merger = new OrderMerger(shadow, pull)
    const yieldNow = createSlicer()
    for (const order of mapped.orders) {
      merger.mergeTx(order)
      const turn = yieldNow()
      if (turn === undefined) continue
      await turn
      signal.throwIfAborted()
    }
    const originals = mapped.orders.map(({ original }) => original)
    resolveUnreadableTx(shadow, reply, originals)
    noteUnreadableTx(shadow, { ...reply, replyUid: reply.uid, seenAt }, mapped.unreadable)
  })
  const unreadable = mapped.unreadable.length
  const now = { outcome, unreadable, conflicts: mapped.conflicts, received: mapped.orders.length + unreadable }
  return {
    replyId: reply.id,
    keep: unreadable > 0 || outcome === 'unclear' ? 1 : 0,
    noteTx: (live) => noteTx(live, reply.uid, now),
  }
}

type Now = Pick<ReturnType<typeof mergeResultSchema.parse>, 'outcome' | 'unreadable' | 'conflicts' | 'received'>

function noteTx(live: Connection, uid: string, now: Now): void {
  const row = live.get<{ result: string }>('SELECT result FROM merged_replies WHERE uid = ?', [uid])
  if (row === undefined) return
  const before = mergeResultSchema.parse(JSON.parse(row.result))
  const same =
    before.outcome === now.outcome && before.unreadable === now.unreadable && before.received === now.received
  if (same) return
  const result = { ...before, ...now, error: now.outcome === 'refused' ? before.error : null }
  live.run('UPDATE merged_replies SET outcome = ?, result = ? WHERE uid = ?', [
    now.outcome,
    JSON.stringify(result),
    uid,
  ])
}

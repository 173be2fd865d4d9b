import { mergeResultSchema } from '#shared/database/contract.ts'
import type { ReplyFacts } from '#domain/reply.ts'
import type { Connection } from '../connection.ts'
import { ItemMerger } from '../merge/item-merger.ts'
import { findMerged, isToBeKept } from '../merge/merged-replies.ts'
import { surveyStored } from '../merge/survey-stored.ts'
import type { PartTaker } from '../pushes/callback-parts.ts'
import type { ReplyRow } from '../replies/reply-row.ts'
import type { Session } from '../session.ts'

/** A reply that was read again. */
export interface Replayed {
  replyId: number
  /** 1: something in it is unreadable or unclear, so that it is to be kept for ever. */
  keep: number
  /** Notes in the orders file what it comes to now, within the swap. */
  noteTx(live: Connection): void
}

/** What a status callback told of by own numbers is kept beside the orders, like pushes: nothing of it is merged anew. */
const partsAsKept: PartTaker = { takeTx: (_index, { fields }) => fields.ownNo !== undefined }

/** Merges a raw reply into the shadow as a merge would, by the given rules. What the run had counted stays as it was. */
export async function replayReply(
  session: Session,
  shadow: Connection,
  reply: ReplyRow,
  facts: Pick<ReplyFacts, 'reading'> & { profile: ReplyFacts['profile'] | undefined },
  signal: AbortSignal,
): Promise<Replayed> {
  const codes = session.orders.column<string>('SELECT code FROM known_codes WHERE account = ?', [reply.account])
  const { reading, profile } = facts
  const { survey, handOn } = await surveyStored(session.replies, reply, {
    knownCodes: new Set(codes),
    ...(reading !== undefined && { reading }),
    ...(profile !== undefined && { profile }),
  })
  const { outcome, error } = survey
  const seenAt = reply.ended_at ?? reply.began_at
  const hadParts = (findMerged(session.orders, reply.uid)?.parts ?? 0) > 0
  const items = await shadow.write(async () => {
    const pull = { ...reply, pullOrder: reply.attempt, seenAt, reconciles: false }
    const merger = new ItemMerger(shadow, pull, reply.uid, hadParts ? partsAsKept : null)
    const counts = await handOn(merger, () => signal.throwIfAborted())
    return { ...counts, unreadable: counts.unreadable - merger.parts, parts: merger.parts }
  })
  const { unreadable, conflicts, parts } = items
  const now = { outcome, unreadable, conflicts, parts, received: items.orders + unreadable + parts }
  return {
    replyId: reply.id,
    keep: isToBeKept({ unreadable, outcome, error }) ? 1 : 0,
    noteTx: (live) => noteTx(live, reply.uid, now),
  }
}

type Now = Pick<
  ReturnType<typeof mergeResultSchema.parse>,
  'outcome' | 'unreadable' | 'conflicts' | 'parts' | 'received'
>

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

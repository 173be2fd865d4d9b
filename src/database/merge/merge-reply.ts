import { mergeResultSchema, type MergeResult } from '#shared/database/contract.ts'
import type { MappedOrder } from '#domain/mapper/types.ts'
import type { ReplyFacts, SurveyedReply } from '#domain/reply.ts'
import { codeProfiles } from '#domain/vocabulary.ts'
import type { CallContext } from '#shared/rpc/route.ts'
import { AppError } from '#shared/errors.ts'
import type { Connection } from '../connection.ts'
import { readReading } from '../mapping/rules-table.ts'
import { closeRequestTx } from '../requests.ts'
import { findReply, type ReplyRow } from '../replies/reply-row.ts'
import type { Session } from '../session.ts'
import { CallbackParts } from '../pushes/callback-parts.ts'
import { hasWaiting } from '../pushes/waiting-pushes.ts'
import { takeReadTx } from '../unread-ranges.ts'
import { judgeCappedTx } from './capped-reply.ts'
import { findMerged, markMerged } from './merged-replies.ts'
import { ItemMerger } from './item-merger.ts'
import { RangeEvidenceOf } from './range-evidence.ts'
import { surveyStored, type StoredReply } from './survey-stored.ts'
import type { Pull } from './pull.ts'
import { windowOf } from './window-of.ts'

type Progress = CallContext<{ done: number; total: number }>['progress']

/** Longest text of the upstream's that is kept with a run. */
const saidLength = 2_000

/**
 * Reads a durable reply and merges it: orders, history, unreadable items, known codes, request state, run counters and
 * the marker that says so, in one transaction. Merging it again returns what the first time came to.
 */
export async function mergeReply(
  session: Session,
  replyId: number,
  mergedAt: number,
  progress: Progress,
): Promise<MergeResult> {
  const reply = findReply(session.replies, replyId)
  if (reply.state !== 'complete') throw new AppError('internal', 'only a complete reply can be merged')
  const result = findMerged(session.orders, reply.uid) ?? (await readAndMerge(session, reply, mergedAt, progress))
  await markMerged(session.replies, reply.id, result)
  return result
}

async function readAndMerge(session: Session, reply: ReplyRow, at: number, progress: Progress): Promise<MergeResult> {
  const { orders } = session
  const waited = hasWaiting(orders, reply.account)
  const read = await surveyStored(session.replies, reply, accountFacts(orders, reply))
  const merged = await orders.write(async () => {
    // Asked twice at once: the second waits for the first and finds its marker.
    const already = findMerged(session.orders, reply.uid)
    if (already !== null) return already
    const result = await mergeOrdersTx(session, reply, read, progress)
    noteOutcomeTx(session, reply, read.survey, result, at)
    return result
  })
  if (merged.new + merged.changed + merged.unreadable > 0) {
    session.revision += 1
    session.ordersChanged(reply.account_id)
  }
  // What waited may have found its order.
  if (waited || merged.parts > 0) session.pushesChanged(reply.account_id)
  return merged
}

async function mergeOrdersTx(
  session: Session,
  reply: ReplyRow,
  { survey, handOn }: StoredReply,
  progress: Progress,
): Promise<MergeResult> {
  const { orders } = session
  const pull = pullOf(orders, reply)
  const parts = pull.channel === 'callback' ? new CallbackParts(orders, pull, reply.uid) : null
  const merger = new ItemMerger(orders, pull, reply.uid, parts)
  const window = windowOf(orders, reply.request)
  const evidence = new RangeEvidenceOf(window?.range ?? null)
  const total = survey.list.elements
  let done = 0
  const order = (mapped: MappedOrder): void => {
    evidence.add(mapped)
    merger.order(mapped)
    done += 1
  }
  const sink = { order, unreadable: merger.unreadable.bind(merger) }
  const items = await handOn(sink, () => progress({ done, total }))
  evidence.noteTx(orders, reply.account)
  progress({ done: total, total })
  const received = items.orders + items.unreadable
  const held = { received, total: survey.total }
  const whole = { capped: null, reopened: [] }
  return mergeResultSchema.parse({
    outcome: survey.outcome,
    error: survey.error,
    didNothing: survey.didNothing,
    said: survey.said?.slice(0, saidLength) ?? null,
    code: survey.code?.slice(0, saidLength) ?? null,
    received,
    new: merger.counts.new,
    changed: merger.counts.changed + (parts?.counts.changed ?? 0),
    unchanged: merger.counts.unchanged + (parts?.counts.unchanged ?? 0),
    unreadable: items.unreadable - merger.parts,
    parts: merger.parts,
    conflicts: items.conflicts,
    total: survey.total,
    ...(survey.outcome === 'understood' ? judgeCappedTx(orders, reply, window?.range ?? null, held) : whole),
  })
}

function pullOf(orders: Connection, reply: ReplyRow): Pull {
  return {
    account: reply.account,
    type: reply.type,
    channel: reply.channel,
    run: reply.run,
    pullOrder: reply.attempt,
    seenAt: reply.ended_at ?? reply.began_at,
    reconciles: isReconcile(orders, reply.run),
  }
}

function noteOutcomeTx(session: Session, reply: ReplyRow, read: SurveyedReply, result: MergeResult, at: number): void {
  const { orders } = session
  const { head } = read.list
  const hadList = head.listPath !== null || result.received > 0
  if (result.outcome === 'understood' && hadList && result.code !== null)
    orders.run('INSERT OR IGNORE INTO known_codes VALUES (?, ?)', [reply.account, result.code])
  if (head.profile !== 'unknown')
    orders.run('UPDATE accounts SET profile = ? WHERE id = ?', [head.profile, reply.account])
  orders.run('UPDATE attempts SET error = ?, did_nothing = ? WHERE id = ?', [
    result.error,
    read.outcome === 'refused' && read.didNothing ? 1 : 0,
    reply.attempt,
  ])
  closeAfterReplyTx(session, reply, result, at)
  orders.run(
    `UPDATE sync_runs SET received = received + ?, new = new + ?, changed = changed + ?, unchanged = unchanged + ?,
       unreadable = unreadable + ? WHERE id = ?`,
    [result.received, result.new, result.changed, result.unchanged, result.unreadable, reply.run],
  )
  orders.run(
    `INSERT INTO merged_replies (uid, account, pull_order, merged_at, outcome, result, request, received, total)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      reply.uid,
      reply.account,
      reply.attempt,
      at,
      result.outcome,
      JSON.stringify(result),
      reply.request,
      result.received,
      result.total,
    ],
  )
}

/**
 * Understood or unclear: answered. Capped: still open, because it did not bring everything. Refused: failed when no
 * attempt of it can have delivered anything, else still open.
 */
function closeAfterReplyTx({ orders }: Session, reply: ReplyRow, result: MergeResult, at: number): void {
  if (result.capped !== null) return
  if (result.outcome !== 'refused') {
    const window = windowOf(orders, reply.request)
    if (result.outcome === 'understood' && window?.range)
      takeReadTx(orders, { account: reply.account, type: reply.type, channel: window.channel }, window.range, at)
    return closeRequestTx(orders, reply.request, 'answered', at)
  }
  const doubtful = orders.get('SELECT 1 FROM attempts WHERE request = ? AND did_nothing = 0 LIMIT 1', [reply.request])
  if (doubtful === undefined) closeRequestTx(orders, reply.request, 'failed', at)
}

/**
 * What earlier replies of the account taught (the codes that come with orders or an empty list, its code profile), and
 * what the merchant decided about replies of this type.
 */
export function accountFacts(
  orders: Connection,
  { account, type }: Pick<ReplyRow, 'account' | 'type'>,
): Omit<ReplyFacts, 'httpStatus'> {
  const codes = orders.column<string>('SELECT code FROM known_codes WHERE account = ?', [account])
  const row = orders.get<{ profile: string | null }>('SELECT profile FROM accounts WHERE id = ?', [account])
  const profile = codeProfiles.find((known) => known === row?.profile)
  const reading = readReading(orders, account, type)
  return { knownCodes: new Set(codes), reading, ...(profile !== undefined && { profile }) }
}

function isReconcile(orders: Connection, run: number): boolean {
  return orders.get(`SELECT 1 FROM sync_runs WHERE id = ? AND purpose = 'reconcile'`, [run]) !== undefined
}

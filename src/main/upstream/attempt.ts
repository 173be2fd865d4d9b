import { beijingDay } from '#domain/beijing-time.ts'
import type { DatabaseEvents, DatabaseRoutes, MergeResult } from '#shared/database/contract.ts'
import { AppError, toAppError } from '#shared/errors.ts'
import type { Client } from '#shared/rpc/route.ts'
import type { UpstreamAccount } from './account.ts'
import { didNothing } from './call-error.ts'
import type { UpstreamClient, UpstreamReply } from './client.ts'
import type { CountByDay } from './count-by-day.ts'
import type { Question } from './parameters.ts'
import { buildCall } from './request.ts'
import type { ServerClock } from './server-clock.ts'
import type { Throttle, Turn } from './throttle.ts'

export type Database = Client<DatabaseRoutes, DatabaseEvents>

/** Where one call stands, for whoever watches. */
export interface CallWatcher {
  phase(phase: 'waiting' | 'asking' | 'receiving' | 'merging'): void
  received(bytes: number): void
  merged(merge: MergeResult): void
}

/** All that the calls of one account share. */
export interface CallContext {
  database: Database
  account: UpstreamAccount
  /** Of the account's API key. */
  fingerprint: string
  client: Pick<UpstreamClient, 'send'>
  throttle: Throttle
  clock: ServerClock
  days: CountByDay
  /** Calls a Beijing day. */
  dailyLimit: number
  watcher: CallWatcher
}

/** How one attempt ended: with a reply that was merged (refusals included), or with an error that says `didNothing`. */
export type AttemptEnd =
  | { error: null; merge: MergeResult; bytes: number; tookMs: number }
  | { error: AppError; merge: null }

/**
 * One attempt: wait for the key's turn, commit the attempt (it counts against the quota from here), send, stream the
 * raw reply into the database, merge. Errors of the upstream and the network are returned; errors of the database and
 * quotaUsed or cancelled (before anything left) are returned too where nothing was sent, else thrown.
 */
export async function attempt(
  context: CallContext,
  requestId: number,
  question: Question,
  signal: AbortSignal,
): Promise<AttemptEnd> {
  context.watcher.phase('waiting')
  const call = buildCall(context.account, question)
  const turn = await context.throttle.take(context.fingerprint, signal)
  try {
    const { database, clock, days, fingerprint, dailyLimit: limit } = context
    const at = clock.now()
    const begun = { requestId, keyFingerprint: fingerprint, day: beijingDay(at), limit, at }
    const { attemptId } = await database.call('attempts.begin', begun)
    days.left(attemptId, begun.day)
    context.watcher.phase('asking')
    const startedAt = performance.now()
    const reply = await send(context, call, turn)
    if (reply instanceof AppError) {
      const failed = { attemptId, at: clock.now(), error: reply.code, didNothing: didNothing(reply) }
      await database.call('attempts.fail', failed)
      return { error: reply, merge: null }
    }
    const end = await take(context, attemptId, reply, startedAt)
    if (clock.skewMs !== null) await days.proved(database, clock)
    return end
  } finally {
    turn.unused()
  }
}

async function send(
  context: CallContext,
  call: ReturnType<typeof buildCall>,
  turn: Turn,
): Promise<UpstreamReply | AppError> {
  const { client, clock } = context
  const sentAt = clock.pcNow()
  try {
    const reply = await client.send(call)
    clock.learn(reply.date, sentAt, clock.pcNow())
    return reply
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown
    throw thrown
  } finally {
    turn.used()
  }
}

/** Streams the reply to the database and has it merged once every byte is durable. */
async function take(
  context: CallContext,
  attemptId: number,
  reply: UpstreamReply,
  startedAt: number,
): Promise<AttemptEnd> {
  const { database, clock, watcher } = context
  const { httpStatus, contentType } = reply
  try {
    const { replyId } = await database.call('replies.begin', { attemptId, at: clock.now(), httpStatus, contentType })
    watcher.phase('receiving')
    const cutOff = await store(context, replyId, reply)
    if (cutOff !== null) {
      await database.call('replies.abandon', { replyId, at: clock.now(), error: cutOff.code })
      return { error: cutOff, merge: null }
    }
    const { bytes } = await database.call('replies.finish', { replyId, at: clock.now() })
    const tookMs = performance.now() - startedAt
    watcher.phase('merging')
    const merge = await database.call('replies.merge', { replyId, at: clock.now() })
    watcher.merged(merge)
    return { error: null, merge, bytes, tookMs }
  } finally {
    reply.end()
  }
}

/** Returns the error that cut the reply off; throws what the database throws. */
async function store(
  { database, watcher }: CallContext,
  replyId: number,
  reply: UpstreamReply,
): Promise<AppError | null> {
  const chunks = reply.chunks()
  for (;;) {
    const next = await chunks.next().catch((thrown: unknown) => toAppError(thrown))
    if (next instanceof AppError) return next
    if (next.done === true) return null
    await database.call('replies.append', { replyId, chunk: next.value })
    watcher.received(next.value.byteLength)
  }
}

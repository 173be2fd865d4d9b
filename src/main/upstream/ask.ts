import type { MergeResult } from '#shared/database/contract.ts'
import { AppError, errorCodes } from '#shared/errors.ts'
import { beijingDay } from '#domain/beijing-time.ts'
import { attempt, type AttemptEnd, type CallContext } from './attempt.ts'
import { didNothing } from './call-error.ts'
import type { Question } from './parameters.ts'
import { pause } from './pause.ts'

/** How one request ended. */
export type Answer =
  /** The reply is merged; the request is closed, unless the reply was capped. */
  | { state: 'merged'; requestId: number; merge: MergeResult; bytes: number; tookMs: number }
  /** Surely nothing was delivered; the request is closed as failed. */
  | { state: 'nothing'; error: AppError; said: string | null }
  /** Something may have been delivered that did not arrive: the request stays open, to be repaired by range. */
  | { state: 'unknown'; requestId: number; error: AppError; said: string | null }

export interface AskOptions {
  /** First wait before asking again; doubled each time, with jitter. */
  backoffMs: number
  /** 0 ≤ random < 1 */
  random: () => number
}

export const attemptsPerRequest = 3

/**
 * Asks one question, whose request row stands open, again where that is safe. Repeated as it was only when the attempt surely did nothing and another
 * one may help; a range besides when its reply was cut off or no JSON, because a range returns everything every time.
 * An incremental call whose outcome is unknown is never repeated. Throws only errors of the database: the request then
 * stays open.
 */
export async function ask(
  context: CallContext,
  options: AskOptions,
  requestId: number,
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  const { database, clock } = context
  let unknown = false
  for (let made = 1; ; made += 1) {
    const end = await attemptOnce(context, requestId, question, signal)
    if (end.error === null)
      return { state: 'merged', requestId, merge: end.merge, bytes: end.bytes, tookMs: end.tookMs }
    unknown ||= !didNothing(end.error)
    if (made < attemptsPerRequest && mayAskAgain(question, end.error) && !signal.aborted) {
      await pause(backoffMs(options, made), signal).catch(() => undefined)
      continue
    }
    if (unknown) return { state: 'unknown', requestId, error: end.error, said: end.said }
    await database.call('requests.close', { requestId, state: 'failed', at: clock.now() })
    return { state: 'nothing', error: end.error, said: end.said }
  }
}

type Once = { error: AppError; said: string | null } | Extract<AttemptEnd, { error: null }>

/** One attempt, its refusals turned into errors too. */
async function attemptOnce(
  context: CallContext,
  requestId: number,
  question: Question,
  signal: AbortSignal,
): Promise<Once> {
  const end = await attempt(context, requestId, question, signal).catch(beforeSending)
  if (end.error !== null) return { error: end.error, said: null }
  const { merge } = end
  if (merge.outcome !== 'refused') return end
  const code = merge.error ?? 'upstreamRefused'
  if (code === 'quotaUsed') {
    const spent = { keyFingerprint: context.fingerprint, day: beijingDay(context.clock.now()) }
    await context.database.call('quota.markSpent', spent)
  }
  return { error: new AppError(code, code, { data: { didNothing: merge.didNothing } }), said: merge.said }
}

/** Refused by ourselves: the quota is used up, or the merchant cancelled while the call waited for its turn. */
function beforeSending(thrown: unknown): AttemptEnd {
  if (!(thrown instanceof AppError) || (thrown.code !== 'quotaUsed' && thrown.code !== 'cancelled')) throw thrown
  return { error: new AppError(thrown.code, thrown.code, { data: { ...thrown.data, didNothing: true } }), merge: null }
}

function mayAskAgain({ range }: Question, error: AppError): boolean {
  if (error.code === 'quotaUsed') return false
  if (didNothing(error)) return errorCodes[error.code] === 'retry' || errorCodes[error.code] === 'wait'
  return range !== null && (error.code === 'network' || error.code === 'notJson')
}

/** Half of it fixed, half of it chance, so that several programs of one merchant do not come back in step. */
function backoffMs({ backoffMs: first, random }: AskOptions, made: number): number {
  return Math.round(first * 2 ** (made - 1) * (0.5 + random() / 2))
}

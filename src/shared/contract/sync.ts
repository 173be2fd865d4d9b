import { z } from 'zod'
import { errorCodes, type ErrorCode } from '../errors.ts'
import { command, query } from '../rpc/route.ts'
import {
  beijingTimeSchema,
  channelSchema,
  countSchema,
  epochMsSchema,
  idSchema,
  limits,
  orderTypeSchema,
  rangeSchema,
  stageSchema,
  textSchema,
} from './common.ts'

export const errorCodeSchema = z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]])
export const errorSchema = z.strictObject({
  code: errorCodeSchema,
  message: textSchema,
  data: z.record(z.string().max(limits.id), z.union([z.string().max(limits.text), z.number(), z.boolean(), z.null()])),
})

/**
 * How a run ended. `understood`: every reply was. `unclear`: no orders and a code never seen before on this account;
 * not a failure. `partial`: some windows of a range could not be read. `open`: the upstream may have delivered
 * something that did not arrive; repaired by range before the next sync.
 */
export const runOutcomes = ['understood', 'unclear', 'partial', 'open', 'refused', 'failed', 'cancelled'] as const
export const runOutcomeSchema = z.enum(runOutcomes)
export type RunOutcome = z.infer<typeof runOutcomeSchema>

/**
 * Why a run was made: the merchant's or the schedule's sync, the repair of an earlier unknown outcome, the rest of a
 * range that was cancelled or failed (`resume`), the follow-up of orders that are not final, a reconcile, or the full
 * read of orders that only a status callback or a push has told of.
 */
export const runPurposeSchema = z.enum([
  'sync',
  'firstSync',
  'catchUp',
  'range',
  'repair',
  'resume',
  'followUp',
  'reconcile',
  'fullRead',
])
export type RunPurpose = z.infer<typeof runPurposeSchema>

export const runSchema = z.strictObject({
  id: idSchema,
  accountId: idSchema,
  type: orderTypeSchema,
  channel: channelSchema,
  purpose: runPurposeSchema,
  range: rangeSchema.nullable(),
  startedAt: epochMsSchema,
  /** null while it runs, or when the app died in it */
  endedAt: epochMsSchema.nullable(),
  /** Calls sent, repeats included. */
  requests: countSchema,
  received: countSchema,
  new: countSchema,
  changed: countSchema,
  unchanged: countSchema,
  unreadable: countSchema,
  outcome: runOutcomeSchema.nullable(),
  /** The upstream's own words, where it said something. */
  said: textSchema.nullable(),
  error: errorSchema.nullable(),
})
export type Run = z.infer<typeof runSchema>

export const syncProgressSchema = z.strictObject({
  accountId: idSchema,
  type: orderTypeSchema,
  phase: z.enum(['repairing', 'waiting', 'asking', 'receiving', 'merging']),
  /** Windows done and planned in this run; planned grows where a window is halved. */
  windowsDone: countSchema,
  windowsPlanned: countSchema,
  receivedBytes: countSchema,
  received: countSchema,
  new: countSchema,
  changed: countSchema,
  /** Milliseconds left as far as can be told, else null. */
  leftMs: countSchema.nullable(),
})
export type SyncProgress = z.infer<typeof syncProgressSchema>

export const quotaSchema = z.strictObject({
  used: countSchema,
  limit: countSchema,
  /** The next Beijing midnight. */
  resetsAt: beijingTimeSchema,
  /** True when the upstream said the quota is spent before our count did. */
  spentByUpstream: z.boolean(),
})
export type Quota = z.infer<typeof quotaSchema>

const accountInput = z.strictObject({ accountId: idSchema })

/** What of a range that was asked for is still unread; kept until it is read or dropped. */
export const unreadRangeSchema = z.strictObject({ type: orderTypeSchema, channel: channelSchema, range: rangeSchema })
export type UnreadRange = z.infer<typeof unreadRangeSchema>
const unreadRangesSchema = z.array(unreadRangeSchema).max(1_000)

/** What `start` and `end` mean, as far as the replies have shown. */
export const rangeMeaningSchema = z.enum(['created', 'updated', 'unknown'])

export const followUpStateSchema = z.strictObject({
  accountId: idSchema,
  /** Rounds and the weekly reconcile are made by themselves while the window is open. */
  on: z.boolean(),
  meaning: rangeMeaningSchema,
  /** Orders that are not final, over all types: looked at daily (up to 30 days old) and weekly (up to 120). */
  daily: countSchema,
  weekly: countSchema,
  /** When the next round is due; null: nothing is followed. */
  nextAt: epochMsSchema.nullable(),
  /** What the next round asks and costs, where every reply is quick and small. */
  windows: z.array(z.strictObject({ type: orderTypeSchema, range: rangeSchema })).max(500),
  calls: countSchema,
  /** What a round by hand costs: everything that is followed, due or not. */
  callsOfAll: countSchema,
  /** What is left today of the follow-up's share of the quota, in calls. */
  callsLeft: countSchema,
  lastRoundAt: epochMsSchema.nullable(),
  /** End of the last complete reconcile. */
  lastReconcileAt: epochMsSchema.nullable(),
  /** A week after that, or after the first sync; null: there was no sync yet. */
  nextReconcileAt: epochMsSchema.nullable(),
})
export type FollowUpState = z.infer<typeof followUpStateSchema>

/** What the incremental sync had missed: an order it never brought, a change it never brought, or one gone upstream. */
export const reconcileFindingSchema = z.strictObject({
  kind: z.enum(['new', 'changed', 'gone']),
  orderId: z.number().int().positive(),
  orderNo: textSchema,
  type: orderTypeSchema,
  stage: stageSchema,
})
export type ReconcileFinding = z.infer<typeof reconcileFindingSchema>

export const reconcileReportSchema = z.strictObject({
  /** End of the last complete reconcile; null: there was none. */
  at: epochMsSchema.nullable(),
  new: countSchema,
  changed: countSchema,
  /** Seen locally and missing upstream in two complete reads, as of now. */
  gone: countSchema,
  /** The first of them, at most limits.rows. */
  findings: z.array(reconcileFindingSchema).max(limits.rows),
})
export type ReconcileReport = z.infer<typeof reconcileReportSchema>

export const syncStateSchema = z.strictObject({
  accountId: idSchema,
  running: syncProgressSchema.nullable(),
  /** When the last complete sync ended. */
  lastCompleteAt: epochMsSchema.nullable(),
  lastRuns: z.array(runSchema).max(4),
  /** Requests whose outcome is unknown and that wait for repair. */
  openRequests: countSchema,
  /** Unclear replies in a row, per account: from three on the merchant is asked to check. */
  unclearInARow: countSchema,
  quota: quotaSchema,
  /** Difference of the PC's clock to the server's Date header in ms, where known. */
  clockSkewMs: z.number().int().nullable(),
  /** True after the first sync until the merchant has answered the offer of older orders. */
  offerBackfill: z.boolean(),
  /** Ranges that a cancel or a failure left unread: continued by the next sync or by `sync.resume`. */
  unread: unreadRangesSchema,
})
export type SyncState = z.infer<typeof syncStateSchema>

const runsSchema = z.strictObject({ runs: z.array(runSchema).max(16) })

export const syncRoutes = {
  /** One run a type, one after the other. Rejects only when nothing could be started; runs carry their own errors. */
  'sync.start': command(
    z.strictObject({
      accountId: idSchema,
      types: z.array(orderTypeSchema).min(1).max(2),
      channel: channelSchema,
      range: rangeSchema.nullable(),
    }),
    runsSchema,
    syncProgressSchema,
  ),
  /** Cancels what runs for this account, whoever started it; a request already sent is still read to its end. */
  'sync.cancel': command(accountInput, z.strictObject({ cancelled: z.boolean() })),
  'sync.state': query(accountInput, syncStateSchema),
  'sync.runs': query(
    z.strictObject({ accountId: idSchema, before: epochMsSchema.nullable(), count: z.number().int().min(1).max(200) }),
    z.array(runSchema).max(200),
  ),
  /** What reading so many days back costs: calls at the windows' starting size. */
  'sync.backfillCost': query(
    z.strictObject({ accountId: idSchema, days: z.number().int().min(1).max(3_660) }),
    z.strictObject({ calls: countSchema }),
  ),
  'sync.dismissBackfill': command(accountInput, z.strictObject({})),
  /** Reads what a cancelled or failed range left unread. */
  'sync.resume': command(accountInput, runsSchema, syncProgressSchema),
  /** Forgets what is unread: the merchant does not want it any more. */
  'sync.dropUnread': command(accountInput, z.strictObject({})),
  'sync.followUpState': query(accountInput, followUpStateSchema),
  'sync.setFollowUp': command(z.strictObject({ accountId: idSchema, on: z.boolean() }), z.strictObject({})),
  /** One round by hand: everything that is followed, due or not, within the share of the quota. */
  'sync.followUp': command(accountInput, runsSchema, syncProgressSchema),
  /** Syncs, then reads the last 30 days again and notes what the sync had missed. */
  'sync.reconcile': command(
    accountInput,
    z.strictObject({ runs: z.array(runSchema).max(16), report: reconcileReportSchema }),
    syncProgressSchema,
  ),
  'sync.reconcileReport': query(accountInput, reconcileReportSchema),
}

export const syncEvents = {
  /** Something about an account's sync changed: progress, the end of a run, the quota. */
  'sync.changed': syncStateSchema,
}

import { z } from 'zod'
import { annotationRoutes } from '../contract/annotations.ts'
import { changesRoutes } from '../contract/changes.ts'
import {
  beijingTimeSchema,
  channelSchema,
  countSchema,
  epochMsSchema,
  idSchema,
  limits,
  nothingSchema,
  orderTypeSchema,
  rangeSchema,
  textSchema,
} from '../contract/common.ts'
import {
  exportOptionsSchema,
  exportProgressSchema,
  exportResultSchema,
  exportWordsSchema,
} from '../contract/exports.ts'
import { mappingDataRoutes } from '../contract/mapping.ts'
import { orderDetailSchema, orderEvents, orderFilterSchema, orderRoutes, orderSortSchema } from '../contract/orders.ts'
import {
  errorCodeSchema,
  errorSchema,
  runOutcomeSchema,
  runPurposeSchema,
  runSchema,
  unreadRangeSchema,
} from '../contract/sync.ts'
import { statisticsEvents, statisticsReadRoutes } from '../contract/statistics.ts'
import { viewRoutes } from '../contract/views.ts'
import { command, query } from '../rpc/route.ts'
import { beijingDaySchema, followUpDataRoutes } from './follow-up.ts'
import { pushEvents, pushRoutes } from './pushes.ts'
import { upkeepRoutes, vaultPlaceSchema } from './upkeep.ts'

/** What main can ask of the database process. Times are epoch ms of the corrected clock unless named Beijing. */

const rowId = z.number().int().positive()
const fingerprint = z.string().regex(/^[0-9a-f]{64}$/)
const hexKey = z.string().regex(/^[0-9a-f]{64}$/)

/** Largest piece of a reply in one message. */
export const replyChunkBytes = 1_048_576

export const openRequestSchema = z.strictObject({
  id: rowId,
  accountId: idSchema,
  type: orderTypeSchema,
  channel: channelSchema,
  /** null: an incremental call (no start/end). */
  range: rangeSchema.nullable(),
  openedAt: epochMsSchema,
})
export type OpenRequest = z.infer<typeof openRequestSchema>

export const mergeProgressSchema = z.strictObject({ done: countSchema, total: countSchema })

/** What one reply came to. Counts are 0 unless orders were read. */
export const mergeResultSchema = z.strictObject({
  outcome: z.enum(['understood', 'refused', 'unclear']),
  /** Set where refused: unauthorised, badParameters, upstreamFault, tooFast, quotaUsed, notJson, tooLarge, upstreamRefused. */
  error: errorCodeSchema.nullable(),
  /** True when the upstream surely delivered nothing with this call, so that it may be repeated as it was. */
  didNothing: z.boolean(),
  said: textSchema.nullable(),
  code: textSchema.nullable(),
  received: countSchema,
  new: countSchema,
  changed: countSchema,
  unchanged: countSchema,
  unreadable: countSchema,
  /**
   * Elements of a status callback that name their order only by its own number: they are kept and matched as pushes are.
   * Those whose order is not here yet are in `received` and in none of the other counts.
   */
  parts: countSchema.default(0),
  /** Elements that shared an order number with a differing one; all of them are kept. */
  conflicts: countSchema,
  /** The reply's own total, where it gave one. */
  total: countSchema.nullable(),
  /** It is taken not to hold everything it should: its own total differs, or it stops at a round number. */
  capped: z.enum(['total', 'round']).nullable().default(null),
  /** Answered requests that it showed to have been capped too: they are open again. */
  reopened: z.array(rowId).max(10_000).default([]),
})
export type MergeResult = z.infer<typeof mergeResultSchema>

export const databaseRoutes = {
  /**
   * Opens (or makes) `<folder>/<name>.db` and `<folder>/<name>-replies.db`, locks both and migrates them. A request
   * of which nothing can have been sent when the last process ended is failed; a reply that was coming in is cut off.
   * Throws dataFolderInUse, databaseKeyWrong, databaseCorrupt, databaseNewer, diskFull.
   */
  'vault.open': command(
    vaultPlaceSchema,
    z.strictObject({
      fingerprintSecret: hexKey,
      /** The process before did not close the files. */
      unclean: z.boolean(),
      /** Commits at the end of the log were unreadable: what they held is asked again, the log was copied aside. */
      lostTail: z.boolean(),
      /** Calls are counted under names that main must replace: the account's, or a fingerprint by this secret. */
      toAdopt: z.boolean(),
      formerSecret: hexKey.nullable(),
    }),
  ),
  /** The same secret again, for the parts of main that did not open the vault. */
  'vault.fingerprintSecret': query(nothingSchema, z.strictObject({ fingerprintSecret: hexKey })),
  /** Ends cleanly: checkpoints, drops the locks. */
  'vault.close': command(nothingSchema, nothingSchema),

  'runs.begin': command(
    z.strictObject({
      accountId: idSchema,
      type: orderTypeSchema,
      channel: channelSchema,
      purpose: runPurposeSchema,
      range: rangeSchema.nullable(),
      at: epochMsSchema,
    }),
    z.strictObject({ runId: rowId }),
  ),
  /** Counts are kept by the database itself; `complete`: the run read everything it set out to read. */
  'runs.end': command(
    z.strictObject({
      runId: rowId,
      at: epochMsSchema,
      outcome: runOutcomeSchema,
      complete: z.boolean(),
      said: textSchema.nullable(),
      error: errorSchema.nullable(),
    }),
    runSchema,
  ),
  'runs.list': query(
    z.strictObject({ accountId: idSchema, before: epochMsSchema.nullable(), count: z.number().int().min(1).max(200) }),
    z.array(runSchema).max(200),
  ),

  /** Commits the request row: from here on its outcome is unknown until answered or failed. */
  'requests.open': command(
    z.strictObject({
      runId: rowId,
      accountId: idSchema,
      type: orderTypeSchema,
      channel: channelSchema,
      range: rangeSchema.nullable(),
      at: epochMsSchema,
    }),
    z.strictObject({ requestId: rowId }),
  ),
  /** Closes a request that was repaired (answered) or surely did nothing (failed). */
  'requests.close': command(
    z.strictObject({ requestId: rowId, state: z.enum(['answered', 'failed']), at: epochMsSchema }),
    nothingSchema,
  ),
  /** Oldest first. Those of a run that is still under way are not listed unless the app died in it. */
  'requests.listOpen': query(z.strictObject({ accountId: idSchema }), z.array(openRequestSchema).max(10_000)),

  /**
   * Counts and commits an attempt before anything is sent, or throws quotaUsed and writes nothing. A request that had
   * failed is open again. Attempts are numbered in the order in which they left: that is the order of their pulls.
   */
  'attempts.begin': command(
    z.strictObject({
      requestId: rowId,
      keyFingerprint: fingerprint,
      day: beijingDaySchema,
      limit: countSchema,
      at: epochMsSchema,
    }),
    z.strictObject({ attemptId: rowId, used: countSchema }),
  ),
  /** The end of an attempt without a full reply. */
  'attempts.fail': command(
    z.strictObject({ attemptId: rowId, at: epochMsSchema, error: errorCodeSchema, didNothing: z.boolean() }),
    nothingSchema,
  ),
  /**
   * The last moment this key's calls were known to be at the server: for the throttle across restarts. `replyBeganAt`
   * is when the last call failed where it had no reply; null while it is under way.
   */
  'attempts.last': query(
    z.strictObject({ keyFingerprint: fingerprint }),
    z.strictObject({ sentAt: epochMsSchema.nullable(), replyBeganAt: epochMsSchema.nullable() }),
  ),
  'quota.get': query(
    z.strictObject({ keyFingerprint: fingerprint, day: beijingDaySchema }),
    z.strictObject({ used: countSchema, spentByUpstream: z.boolean() }),
  ),
  /** Of those, calls that follow-up rounds and reconciles made, whichever account made them: both draw on one share. */
  'quota.followUp': query(
    z.strictObject({ keyFingerprint: fingerprint, day: beijingDaySchema }),
    z.strictObject({ used: countSchema }),
  ),
  /** The upstream said the quota is spent: attempts.begin throws quotaUsed for the rest of that day. */
  'quota.markSpent': command(z.strictObject({ keyFingerprint: fingerprint, day: beijingDaySchema }), nothingSchema),

  /** The reply began: bytes follow by replies.append in order, compressed straight into the encrypted file. */
  'replies.begin': command(
    z.strictObject({
      attemptId: rowId,
      at: epochMsSchema,
      httpStatus: z.number().int().min(100).max(999),
      contentType: textSchema,
    }),
    z.strictObject({ replyId: rowId }),
  ),
  /** One piece after another: wait for each. Throws tooLarge beyond 512 MB; then abandon the reply. */
  'replies.append': command(z.strictObject({ replyId: rowId, chunk: z.instanceof(Uint8Array) }), nothingSchema),
  /** Returns once every byte is durable. */
  'replies.finish': command(
    z.strictObject({ replyId: rowId, at: epochMsSchema }),
    z.strictObject({ bytes: countSchema }),
  ),
  /** Cut off: what came is kept, marked incomplete. */
  'replies.abandon': command(
    z.strictObject({ replyId: rowId, at: epochMsSchema, error: errorCodeSchema }),
    nothingSchema,
  ),
  /**
   * Parses a finished reply and merges it, request state and run counts included, in one transaction. Merged again, it
   * answers the same and changes nothing. A pull that left earlier than what is stored only fills what is empty and
   * adds its history. The request: understood or unclear → answered; capped → still open; refused → failed where no
   * attempt of it can have delivered anything, else still open.
   */
  'replies.merge': command(
    z.strictObject({ replyId: rowId, at: epochMsSchema }),
    mergeResultSchema,
    mergeProgressSchema,
  ),
  /** Replies that are durable but not merged (the app died between the two), oldest request first. */
  'replies.listUnmerged': query(
    nothingSchema,
    z.array(z.strictObject({ replyId: rowId, accountId: idSchema, requestId: rowId })).max(10_000),
  ),
  /** Drops replies that began before, unless they hold something unreadable or unclear or wait to be merged. */
  'replies.purge': command(z.strictObject({ before: epochMsSchema }), z.strictObject({ purged: countSchema })),

  /** What the sync's plan needs to know of an account. */
  'sync.facts': query(
    z.strictObject({ accountId: idSchema, type: orderTypeSchema, channel: channelSchema.default('sync') }),
    z.strictObject({
      /** End of the last complete sync of that type and channel: purpose sync, firstSync or catchUp. */
      lastCompleteAt: epochMsSchema.nullable(),
      /** Creation time of the oldest order that is not final yet (first-seen time where it has none). */
      oldestUnfinished: beijingTimeSchema.nullable(),
    }),
  ),
  'sync.summary': query(
    z.strictObject({ accountId: idSchema }),
    z.strictObject({
      lastCompleteAt: epochMsSchema.nullable(),
      lastRuns: z.array(runSchema).max(4),
      openRequests: countSchema,
      unclearInARow: countSchema,
      unread: z.array(unreadRangeSchema).max(1_000),
    }),
  ),

  /**
   * Notes a range as unread until replies have brought it: each window that is read takes its part away in the
   * transaction that merges it.
   */
  'ranges.want': command(
    z.strictObject({
      accountId: idSchema,
      type: orderTypeSchema,
      channel: channelSchema,
      range: rangeSchema,
      at: epochMsSchema,
    }),
    nothingSchema,
  ),
  'ranges.drop': command(z.strictObject({ accountId: idSchema }), nothingSchema),

  ...followUpDataRoutes,

  ...orderRoutes,
  ...viewRoutes,
  ...annotationRoutes,
  ...changesRoutes,
  ...statisticsReadRoutes,
  /** `waiting`: orders that a search looks at one by one, because its index does not hold them as they are yet. */
  'orders.searchIndex': query(nothingSchema, z.strictObject({ waiting: countSchema })),
  /** The order(s) under a number, over both types. Unmasked. */
  'orders.byNumber': query(
    z.strictObject({ accountId: idSchema, orderNo: textSchema }),
    z.array(orderDetailSchema).max(100),
  ),
  /**
   * Writes what the filter shows to a temporary file beside `file` (`.NAME.*.haoka-part`), then renames: the rows of
   * one moment, whatever is merged meanwhile. The history of a CSV goes to `historyFile` in the same way. Throws
   * diskFull, fileInUse, folderGone, fileNotWritable, cancelled, and leaves nothing then.
   */
  'exports.write': command(
    z.strictObject({
      filter: orderFilterSchema,
      sort: orderSortSchema,
      ...exportOptionsSchema.shape,
      words: exportWordsSchema,
      accountLabel: textSchema,
      file: z.string().min(1).max(limits.path),
      historyFile: z.string().min(1).max(limits.path).nullable().default(null),
    }),
    exportResultSchema,
    exportProgressSchema,
  ),
  /**
   * Deletes an account's orders, history, runs and replies; its attempts stay, because they are the quota. Gone for
   * every query at once; an early end is finished at the next start.
   */
  'accounts.forget': command(z.strictObject({ accountId: idSchema }), z.strictObject({ orders: countSchema })),

  ...pushRoutes,

  ...mappingDataRoutes,
  ...upkeepRoutes,
} as const
export type DatabaseRoutes = typeof databaseRoutes

export const databaseEvents = { ...orderEvents, ...pushEvents, ...statisticsEvents } as const
export type DatabaseEvents = typeof databaseEvents

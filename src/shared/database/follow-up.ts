import { z } from 'zod'
import { countSchema, epochMsSchema, idSchema, orderTypeSchema, rangeSchema } from '../contract/common.ts'
import { reconcileReportSchema } from '../contract/sync.ts'
import { command, query } from '../rpc/route.ts'

/** `YYYY-MM-DD` of a Beijing day. */
export const beijingDaySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/** Following orders that are not final, and reading again what incremental calls may have missed. */
export const followUpDataRoutes = {
  /** What the follow-up's plan needs to know of one order type. `day` is the Beijing day of `now`, less its reach. */
  'followUp.facts': query(
    z.strictObject({ accountId: idSchema, type: orderTypeSchema, since: beijingDaySchema, now: epochMsSchema }),
    z.strictObject({
      /** Orders that are not final and not gone upstream, by creation day since `since`. */
      days: z.array(z.strictObject({ day: beijingDaySchema, firstSeen: z.boolean(), orders: countSchema })).max(1_000),
      /** Windows of which the whole was read since then, newest first. */
      reads: z.array(rangeSchema.extend({ at: epochMsSchema })).max(20_000),
      /** What the account's replies showed of start and end. */
      evidence: z.strictObject({
        createdOnly: countSchema,
        updatedOnly: countSchema,
        createdInside: countSchema,
        createdOutside: countSchema,
      }),
      lastRoundAt: epochMsSchema.nullable(),
      /** End of the last complete reconcile of that type. */
      lastReconcileAt: epochMsSchema.nullable(),
      /** End of the first complete sync of that type. */
      firstCompleteAt: epochMsSchema.nullable(),
    }),
  ),

  /**
   * The end of a reconcile that read its range completely: orders created within the range that none of its replies
   * held are noted; at the second such read in a row they are marked as gone upstream.
   */
  'reconcile.finish': command(
    z.strictObject({ runId: z.number().int().positive(), at: epochMsSchema }),
    z.strictObject({ gone: countSchema }),
  ),
  /** What the last complete reconcile of each order type found. */
  'reconcile.report': query(z.strictObject({ accountId: idSchema }), reconcileReportSchema),
} as const

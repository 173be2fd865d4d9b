import { z } from 'zod'
import {
  beijingTimeSchema,
  countSchema,
  epochMsSchema,
  idSchema,
  nothingSchema,
  orderTypeSchema,
  textSchema,
} from '../contract/common.ts'
import { pushCountsSchema, pushItemSchema, pushLimits, pushListInput } from '../contract/receiver.ts'
import { command, query } from '../rpc/route.ts'

/** What main asks of the database process about pushes, and about orders that no full reply has shown yet. */

/** What cannot be packed at all grows by less than that. */
const packedSchema = z
  .instanceof(Uint8Array)
  .refine((packed) => packed.byteLength <= pushLimits.bodyBytes + 65_536, { error: 'the body is too large' })

export const pushRoutes = {
  /**
   * Commits a push as it came; it is durable once this resolves. What it says is read and merged afterwards, in the
   * order of arrival, without being asked to; what a kill leaves is merged when the vault is opened again.
   */
  'pushes.receive': command(
    z.strictObject({
      accountId: idSchema,
      at: epochMsSchema,
      method: z.enum(['GET', 'POST', 'PUT']),
      contentType: textSchema,
      query: z.string().max(pushLimits.query),
      /** The body's length as it came, and the body as raw deflate. */
      bytes: z.number().int().min(0).max(pushLimits.bodyBytes),
      packed: packedSchema,
    }),
    nothingSchema,
  ),
  /** Resolves once everything received before is merged, as far as it can be. */
  'pushes.settle': command(nothingSchema, nothingSchema),
  'pushes.counts': query(z.strictObject({ accountId: idSchema }), pushCountsSchema),
  /** Newest first. */
  'pushes.list': query(pushListInput, z.array(pushItemSchema).max(pushLimits.listed)),

  /**
   * What a range of channel 1 has yet to bring: orders that only a status callback knows, and orders that pushes speak
   * of and that are not here or not told from others. One row for each order type and count of reads made for it; `from`: the oldest creation time known among them,
   * else when the oldest was first heard of. `type` null: a push, which tells no type.
   */
  'wanted.list': query(
    z.strictObject({ accountId: idSchema }),
    z
      .array(
        z.strictObject({
          type: orderTypeSchema.nullable(),
          reads: countSchema,
          from: beijingTimeSchema,
          /** False: nobody knows when they were made, only that they were heard of at `from`. */
          created: z.boolean(),
          count: countSchema,
        }),
      )
      .max(100),
  ),
  /** A range was read for them: one more read for what is still wanted and was heard of before `heardBefore`. */
  'wanted.noteRead': command(
    z.strictObject({ accountId: idSchema, types: z.array(orderTypeSchema).min(1).max(2), heardBefore: epochMsSchema }),
    nothingSchema,
  ),
} as const

export const pushEvents = {
  /** Pushes of an account were merged, or an order arrived that one waited for. `waiting`: still without an order. */
  'pushes.changed': z.strictObject({ accountId: idSchema, waiting: countSchema }),
} as const

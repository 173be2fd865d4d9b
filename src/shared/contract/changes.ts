import { z } from 'zod'
import { command, query } from '../rpc/route.ts'
import {
  axisSchema,
  epochMsSchema,
  idSchema,
  nothingSchema,
  orderTypeSchema,
  textSchema,
  wordSchema,
} from './common.ts'
import { statusChangeSchema } from './orders.ts'

export const changesLimits = { page: 200, reads: 500, transitions: 500, unread: 1_000 } as const

/** What of the feed is shown; null does not restrict. */
export const changesFilterSchema = z.strictObject({
  accountId: idSchema,
  type: orderTypeSchema.nullable(),
  axis: axisSchema.nullable(),
  /** The upstream's word, its code where there is none; exactly. */
  from: wordSchema.nullable(),
  to: wordSchema.nullable(),
  /** Backward moves alone. */
  backward: z.boolean(),
})
export type ChangesFilter = z.infer<typeof changesFilterSchema>

/** A place in the feed, newest first: what follows it is older. Any moment with id 0 is a place too. */
export const feedPlaceSchema = z.strictObject({ seenAt: epochMsSchema, id: z.number().int().nonnegative() })
export type FeedPlace = z.infer<typeof feedPlaceSchema>

/** One change of an order that was known before, with what the order is told by. */
export const feedChangeSchema = z.strictObject({
  ...statusChangeSchema.shape,
  unread: z.boolean(),
  order: z.strictObject({
    id: z.number().int().positive(),
    type: orderTypeSchema,
    orderNo: textSchema,
    productName: textSchema.nullable(),
    /** Masked unless asked with `reveal`. */
    customerName: textSchema.nullable(),
    phone: textSchema.nullable(),
  }),
})
export type FeedChange = z.infer<typeof feedChangeSchema>

/** A move that has happened, for the choice of from and to. */
export const transitionSchema = z.strictObject({
  axis: axisSchema,
  from: wordSchema.nullable(),
  to: wordSchema.nullable(),
})
export type Transition = z.infer<typeof transitionSchema>

export const unreadSchema = z.strictObject({
  /** At most 1,000: more is as good as many. */
  unread: z.number().int().min(0).max(changesLimits.unread),
  /** The newest change that the last visit could see; null: there was none. */
  visitedAt: epochMsSchema.nullable(),
})

export const changesRoutes = {
  /** Newest first. `next` null: there is nothing older. */
  'changes.page': query(
    z.strictObject({
      filter: changesFilterSchema,
      /** null: from the newest. */
      after: feedPlaceSchema.nullable(),
      count: z.number().int().min(1).max(changesLimits.page),
      reveal: z.boolean(),
    }),
    z.strictObject({ changes: z.array(feedChangeSchema).max(changesLimits.page), next: feedPlaceSchema.nullable() }),
  ),
  /** The moves in use, over both order types. */
  'changes.transitions': query(
    z.strictObject({ accountId: idSchema }),
    z.array(transitionSchema).max(changesLimits.transitions),
  ),
  'changes.unread': query(z.strictObject({ accountId: idSchema }), unreadSchema),
  /** The merchant looks at the feed, or leaves it: `visitedAt` moves to the newest change. */
  'changes.visit': command(z.strictObject({ accountId: idSchema }), nothingSchema),
  /** Marks changes as read: some by id, or null for all that are there now. */
  'changes.markRead': command(
    z.strictObject({
      accountId: idSchema,
      ids: z.array(z.number().int().positive()).min(1).max(changesLimits.reads).nullable(),
    }),
    unreadSchema,
  ),
}

import { z } from 'zod'
import { channelSchema, idSchema, limits, orderTypeSchema, rangeSchema } from '#shared/contract/common.ts'
import type { OrderDetail, OrderRow } from '#shared/contract/orders.ts'
import { runSchema } from '#shared/contract/sync.ts'
import { command, query } from '#shared/rpc/route.ts'

const nothing = z.strictObject({})
const runs = z.strictObject({ runs: z.array(runSchema) })
const replyIds = z.array(z.number().int())

/** What one app under test works on. */
export const installationSchema = z.strictObject({
  folder: z.string().max(limits.path),
  /** Of the keychain that every start on this computer has: 64 hex digits. */
  keychainKey: z.string().length(64),
  gateway: z.string(),
  key: z.string(),
  token: z.string(),
  sk: z.string(),
  /** How far this PC's clock is from the real time, ms. */
  clockOffsetMs: z.number(),
  throttleIntervalMs: z.number().int(),
})
export type Installation = z.infer<typeof installationSchema>

/** What the campaign asks of the app under test. Errors are those of the app's own services. */
export const workerRoutes = {
  /**
   * Starts the services, adds the account where there is none, and opens the database. May be asked again. Answers with
   * the replies that the database holds whole and has not merged, before anything is repaired.
   */
  open: command(
    installationSchema,
    z.strictObject({ accountId: idSchema, databaseKey: z.string(), unmerged: replyIds }),
  ),
  /** The next `left` passings of that checkpoint are told as passed, the one after as reached; `hold`: it waits there. */
  arm: command(
    z.strictObject({ point: z.string().nullable(), left: z.number().int().min(0), hold: z.boolean() }),
    nothing,
  ),
  goOn: command(nothing, nothing),
  repair: command(nothing, nothing),
  sync: command(
    z.strictObject({
      types: z.array(orderTypeSchema),
      range: rangeSchema.nullable(),
      channel: channelSchema.default('sync'),
    }),
    runs,
  ),
  followUp: command(nothing, runs),
  reconcile: command(nothing, runs),
  export: command(z.strictObject({ file: z.string().max(limits.path) }), z.strictObject({ rows: z.number() })),
  /** Every order as it is, unmasked; parsed at the database's border already. */
  rows: query(nothing, z.strictObject({ rows: z.array(z.custom<OrderRow>()) })),
  /** Orders with their history. */
  details: query(
    z.strictObject({ ids: z.array(z.number().int()) }),
    z.strictObject({ orders: z.array(z.custom<OrderDetail>()) }),
  ),
  state: query(nothing, z.strictObject({ openRequests: z.number(), unreadable: z.number() })),
  stop: command(nothing, nothing),
} as const

export const workerEvents = {
  /** A step of the real sync is about to be made or was made: `before replies.merge`, `after fetch`. */
  passed: z.strictObject({ point: z.string(), reached: z.boolean() }),
  /** The database is about to be asked to make this reply durable. */
  finishing: z.strictObject({ replyId: z.number().int(), text: z.string() }),
  /** It has said that the reply is durable. */
  durable: z.strictObject({ replyId: z.number().int() }),
} as const

import { z } from 'zod'
import { orderColumns } from '#domain/vocabulary.ts'
import { command, query } from '../rpc/route.ts'
import { columnSchema, countSchema, epochMsSchema, idSchema, limits, orderTypeSchema, textSchema } from './common.ts'

/** What the receiver of pushes takes and shows. */
export const pushLimits = {
  bodyBytes: 10 * 1_048_576,
  /** Longest query string of a push that comes by GET. */
  query: 65_536,
  answer: 200,
  listed: 200,
} as const

/**
 * What became of a pushed order. `merged`: into the order it names. `unmatched`: no order has its number yet.
 * `several`: more than one has. `product`: a notice about a product, kept apart. `unreadable`: nothing in it says which
 * order is meant.
 */
export const pushStates = ['merged', 'unmatched', 'several', 'product', 'unreadable'] as const
export const pushStateSchema = z.enum(pushStates)
export type PushState = z.infer<typeof pushStateSchema>

/** One order (or notice) that a push spoke of, or a status callback that named no order number. Personal values are masked. */
export const pushItemSchema = z.strictObject({
  id: z.number().int().positive(),
  state: pushStateSchema,
  /** How it came: pushed to the receiver, or in the reply of a status callback (channel 2). */
  channel: z.enum(['push', 'callback']),
  receivedAt: epochMsSchema,
  /** When the same event came last, and how often it came again. */
  lastReceivedAt: epochMsSchema,
  repeats: countSchema,
  orderNo: textSchema.nullable(),
  ownNo: textSchema.nullable(),
  /** The order it was merged into. */
  order: z.strictObject({ id: z.number().int().positive(), orderNo: textSchema, type: orderTypeSchema }).nullable(),
  /** What it names, as columns with masked values. */
  said: z.array(z.strictObject({ column: columnSchema, value: textSchema })).max(orderColumns.length),
  original: textSchema,
})
export type PushItem = z.infer<typeof pushItemSchema>

export const pushCountsSchema = z.strictObject({
  /** By state; the same event that came again counts once. */
  merged: countSchema,
  unmatched: countSchema,
  several: countSchema,
  product: countSchema,
  unreadable: countSchema,
  /** Durable, not read yet. */
  waiting: countSchema,
  lastReceivedAt: epochMsSchema.nullable(),
})
export type PushCounts = z.infer<typeof pushCountsSchema>

export const pushListInput = z.strictObject({
  accountId: idSchema,
  /** Empty: all. */
  states: z.array(pushStateSchema).max(pushStates.length),
  /** Items with a smaller id only; null: from the newest. */
  before: z.number().int().positive().nullable(),
  count: z.number().int().min(1).max(pushLimits.listed),
})

/** Why a request was turned away; counted, logged without anything of its content. */
export const pushRefusals = ['path', 'method', 'sign', 'token', 'tooLarge', 'notUnderstood', 'busy', 'broken'] as const
export type PushRefusal = (typeof pushRefusals)[number]
const refusedSchema = z.strictObject(
  Object.fromEntries(pushRefusals.map((reason) => [reason, countSchema])) as Record<PushRefusal, typeof countSchema>,
)

/** One line of plain text. */
const answerSchema = z
  .string()
  .trim()
  .min(1)
  .max(pushLimits.answer)
  .regex(/^[^\p{Cc}]*$/u)

export const receiverSettingsSchema = z.strictObject({
  enabled: z.boolean(),
  port: z.number().int().min(1_024).max(65_535),
  /** false: this computer only (loopback). true: every network interface, after an explicit confirmation. */
  network: z.boolean(),
  /** The plain text that every accepted push is answered with. */
  answer: answerSchema,
})
export type ReceiverSettings = z.infer<typeof receiverSettingsSchema>

export const defaultReceiverSettings: ReceiverSettings = {
  enabled: false,
  port: 17_520,
  network: false,
  answer: 'SUCCESS',
}

export const receiverStateSchema = z.strictObject({
  accountId: idSchema,
  settings: receiverSettingsSchema,
  listening: z.boolean(),
  /** Why it does not listen although it should; null otherwise. */
  problem: z.enum(['portTaken', 'portNotAllowed', 'locked', 'failed']).nullable(),
  /** Where it listens, its secret path hidden: see `receiver.address`. */
  address: z.string().max(limits.url),
  counts: pushCountsSchema,
  /** Turned away since the app started. */
  refused: refusedSchema,
  /** Tests of the address that were answered since the app started, the upstream's own among them. */
  pings: z.strictObject({ count: countSchema, lastAt: epochMsSchema.nullable() }),
})
export type ReceiverState = z.infer<typeof receiverStateSchema>

const accountInput = z.strictObject({ accountId: idSchema })

export const receiverRoutes = {
  /** Throws accountNotFound, passphraseNeeded and the like. */
  'receiver.state': query(accountInput, receiverStateSchema),
  /**
   * Changes the settings, then starts, moves or stops the receiver. `network` from false to true throws
   * receiverNotConfirmed unless `confirmed`. A port that cannot be had is told as `problem`.
   */
  'receiver.set': command(
    z.strictObject({ accountId: idSchema, settings: receiverSettingsSchema, confirmed: z.boolean() }),
    receiverStateSchema,
  ),
  /**
   * What is to be pasted as api_url, secret path and all: asked only when the merchant wants to see or copy it. Throws
   * accountNotFound, passphraseNeeded and the like.
   */
  'receiver.address': query(accountInput, z.strictObject({ address: z.string().max(limits.url) })),
  /** Makes a new secret path: the old address is dead from then on. */
  'receiver.renewAddress': command(accountInput, receiverStateSchema),
  /** Sends itself over HTTP what 敢探号 sends to test an address. Throws receiverOff. */
  'receiver.test': command(
    accountInput,
    z.strictObject({ status: countSchema, answer: textSchema, tookMs: countSchema }),
  ),
  /** What arrived, newest first. */
  'receiver.pushes': query(pushListInput, z.array(pushItemSchema).max(pushLimits.listed)),
}

export const receiverEvents = {
  'receiver.changed': receiverStateSchema,
}

import { z } from 'zod'
import { command, query } from '../rpc/route.ts'
import { countSchema, epochMsSchema, idSchema, limits, nothingSchema, orderTypeSchema } from './common.ts'

/**
 * API parameters that are secrets: a page can set or clear them and learns only whether they are set. The api_url is one
 * of them: who knows where orders are pushed to can push there too.
 */
export const secretNames = ['key', 'password', 'token', 'sk', 'apiUrl', 'apiToken', 'apiPwd'] as const
export type SecretName = (typeof secretNames)[number]

const label = z.string().trim().min(1).max(limits.label)
const plain = z.string().trim().max(limits.word)

/** What an account is without its secrets. `gateway` empty means the documented address. */
export const accountSettingsSchema = z.strictObject({
  label,
  types: z.array(orderTypeSchema).min(1).max(2),
  gateway: z.string().trim().max(limits.url),
  method: z.enum(['GET', 'POST']),
  timeoutMs: z.number().int().min(100).max(600_000),
  /** 敢探号 login name */
  name: plain,
  apiUser: plain,
  /** "Another program also syncs this account": every sync then asks explicit ranges. */
  sharedWithOthers: z.boolean(),
})
export type AccountSettings = z.infer<typeof accountSettingsSchema>

export const accountSchema = accountSettingsSchema.extend({
  id: idSchema,
  practice: z.boolean(),
  createdAt: epochMsSchema,
  /** Which secrets are set; never their values. */
  secrets: z.strictObject({
    key: z.boolean(),
    password: z.boolean(),
    token: z.boolean(),
    sk: z.boolean(),
    apiUrl: z.boolean(),
    apiToken: z.boolean(),
    apiPwd: z.boolean(),
  }),
})
export type Account = z.infer<typeof accountSchema>

/** A secret left out stays as it is; null clears it; a string sets it. */
const secretInput = z.string().max(limits.text).nullable().optional()
export const secretsInputSchema = z.strictObject({
  key: secretInput,
  password: secretInput,
  token: secretInput,
  sk: secretInput,
  apiUrl: secretInput,
  apiToken: secretInput,
  apiPwd: secretInput,
})
export type SecretsInput = z.infer<typeof secretsInputSchema>

export const accountRoutes = {
  'accounts.list': query(nothingSchema, z.array(accountSchema).max(200)),
  /** Without `id` a new account is made. Throws accountLabelTaken, gatewayNotAllowed, accountIncomplete, passphraseNeeded. */
  'accounts.save': command(
    z.strictObject({ id: idSchema.optional(), settings: accountSettingsSchema, secrets: secretsInputSchema }),
    accountSchema,
  ),
  /** Removes the account and, where `withData`, its orders and history; the practice account always goes with its data. */
  'accounts.remove': command(
    z.strictObject({ id: idSchema, withData: z.boolean() }),
    z.strictObject({ removed: z.boolean(), orders: countSchema }),
  ),
  /** Makes the practice account (or returns the one there is) and starts its gateway. */
  'accounts.addPractice': command(nothingSchema, accountSchema),
  /** Practice account only: lets its world live on by so many hours. */
  'accounts.advancePractice': command(
    z.strictObject({
      id: idSchema,
      hours: z
        .number()
        .int()
        .min(1)
        .max(24 * 366),
    }),
    nothingSchema,
  ),
}

export const accountEvents = {
  'accounts.changed': nothingSchema,
}

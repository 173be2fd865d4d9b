import { z } from 'zod'
import { accountSettingsSchema, secretNames, type SecretName } from '#shared/contract/accounts.ts'
import { countSchema, epochMsSchema, idSchema } from '#shared/contract/common.ts'
import { receiverSettingsSchema } from '#shared/contract/receiver.ts'
import { settingsSchema } from '#shared/contract/settings.ts'

const sealed = z.base64().min(1).max(20_000)
const sealedSecrets = Object.fromEntries(secretNames.map((name) => [name, sealed.optional()])) as Record<
  SecretName,
  z.ZodOptional<typeof sealed>
>

export const storedAccountSchema = z.strictObject({
  id: idSchema,
  practice: z.boolean(),
  createdAt: epochMsSchema,
  /** `apiUrl`: as it was stored before it was a secret; it is sealed once the vault is open. */
  settings: accountSettingsSchema.extend({ apiUrl: z.string().optional() }),
  /** The offer of older orders after the first sync was answered. */
  backfillAnswered: z.boolean(),
  /** Orders that are not final are followed, and reconciled weekly, by themselves. */
  followUp: z.boolean().default(true),
  /** What was to be added to the PC's clock when the gateway was last heard from, where that was much. */
  clockCorrectionMs: z.number().int().optional(),
  /** The receiver of pushes, once the merchant has touched it. `generation` counts the secret paths it has had. */
  receiver: receiverSettingsSchema.extend({ generation: countSchema }).optional(),
  /** Encrypted under the vault's secrets key; what is not set is not here. */
  secrets: z.strictObject(sealedSecrets),
})
export type StoredAccount = z.infer<typeof storedAccountSchema>

/** Everything in config.json. A file that breaks any part of this is set aside as a whole. */
export const configDocumentSchema = z.strictObject({
  version: z.literal(1),
  /** Only what the merchant chose: the rest follows the defaults, which may improve. */
  settings: settingsSchema.partial(),
  accounts: z.array(storedAccountSchema).max(200),
})
export type ConfigDocument = z.infer<typeof configDocumentSchema>

export const emptyConfig: ConfigDocument = { version: 1, settings: {}, accounts: [] }

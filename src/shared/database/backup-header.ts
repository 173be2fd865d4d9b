import { z } from 'zod'
import { countSchema, epochMsSchema } from '../contract/common.ts'

/**
 * What stands at the front of a backup file, readable without any key:
 *
 *     haoka-desk-backup 1 LF
 *     the header as JSON LF
 *     SHA-256 of that JSON, hex LF
 *     the bytes of each file, in the header's order
 *
 * The files are the encrypted databases as they lie on the disk. The vault part opens with the recovery code alone, so
 * that a backup is worth something on another computer; it holds nothing else that opens without it.
 */
export const backupMagic = 'haoka-desk-backup 1'
/** Where the front of the file must have ended. */
export const backupFrontBytes = 4_194_304

const sealed = z.base64().min(1).max(3_000_000)
const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** The data key, wrapped by the recovery code; and that code under the data key, which tells whose key it is. */
export const backupWrapSchema = z.strictObject({
  recovery: z.strictObject({ salt: z.base64().max(100), sealed: z.base64().max(4_000) }),
  recoveryCode: z.base64().max(4_000),
})
export type BackupWrap = z.infer<typeof backupWrapSchema>

/** What main puts into it. */
export const backupAboutSchema = z.strictObject({
  version: z.literal(1),
  madeAt: epochMsSchema,
  vault: backupWrapSchema,
  /** Accounts and settings, under the data key. */
  config: sealed,
})
export type BackupAbout = z.infer<typeof backupAboutSchema>

export const backupHeaderSchema = backupAboutSchema.extend({
  files: z
    .array(z.strictObject({ name: z.enum(['orders', 'replies']), bytes: countSchema, sha256 }))
    .min(1)
    .max(2),
})
export type BackupHeader = z.infer<typeof backupHeaderSchema>

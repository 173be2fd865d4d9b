import { z } from 'zod'
import { command, query } from '../rpc/route.ts'
import { limits, nothingSchema, textSchema } from './common.ts'
import {
  columnSetSchema,
  csvDelimiterSchema,
  csvEncodingSchema,
  exportFormatSchema,
  mostColumnSets,
} from './exports.ts'
import { columnsSchema } from './orders.ts'

export const localeSchema = z.enum(['zh-CN', 'en'])
export type Locale = z.infer<typeof localeSchema>
export const themeSchema = z.enum(['system', 'light', 'dark'])

export const settingsSchema = z.strictObject({
  locale: localeSchema,
  theme: themeSchema,
  /** Raw replies older than this go, unless something in them is unreadable or unclear. */
  keepRepliesDays: z.number().int().min(7).max(3_650),
  exportColumns: columnsSchema,
  exportPlain: z.boolean(),
  /** What the export dialog was told last. The command line has flags of its own and takes only columns and plain from here. */
  exportFormat: exportFormatSchema,
  exportEncoding: csvEncodingSchema,
  exportDelimiter: csvDelimiterSchema,
  exportMasked: z.boolean(),
  exportHistory: z.boolean(),
  /** The folder opens by itself when a file is written. */
  exportOpensFolder: z.boolean(),
  exportColumnSets: z.array(columnSetSchema).max(mostColumnSets),
  /** The account shown last. */
  selectedAccountId: z.string().max(limits.id).nullable(),
  rowHeight: z.enum(['normal', 'compact']),
  /** What the orders page showed last, as that page wrote it: bounded JSON that no other part reads. */
  ordersView: z
    .json()
    .refine((view) => JSON.stringify(view).length <= limits.pageState)
    .nullable(),
})
export type Settings = z.infer<typeof settingsSchema>

/**
 * Where the data key stands. `keychain`: the system's keychain holds it. `passphrase`: the merchant's passphrase does.
 * `none`: nothing real has been stored yet. `locked`: the passphrase or the recovery code is needed before real
 * accounts and orders can be opened (the practice account works all the same).
 */
export const vaultStateSchema = z.strictObject({
  keychainAvailable: z.boolean(),
  protection: z.enum(['none', 'keychain', 'passphrase']),
  locked: z.boolean(),
  /** Why it is locked: a passphrase is asked for; or the keychain changed and only the recovery code helps. */
  needs: z.enum(['nothing', 'passphrase', 'newPassphrase', 'recoveryCode']),
  /** API secrets are kept for this run only (the merchant's choice where there is no keychain). */
  secretsThisRunOnly: z.boolean(),
  recoveryCodeSeen: z.boolean(),
})
export type VaultState = z.infer<typeof vaultStateSchema>

const passphrase = z.string().min(8).max(limits.word)

/** Something the app must tell once it is open. `file` is a file's name, never a path. */
export const noticeSchema = z.strictObject({
  id: z.string().max(limits.id),
  kind: z.enum([
    'settingsSetAside',
    'databaseSetAside',
    'databaseRebuilt',
    'repliesSetAside',
    'logDamaged',
    'clockSkew',
    'upstreamSpoke',
  ]),
  data: z.record(z.string().max(limits.id), z.string().max(limits.text)),
})
export type Notice = z.infer<typeof noticeSchema>

export const settingsRoutes = {
  'settings.get': query(nothingSchema, settingsSchema),
  'settings.set': command(settingsSchema.partial(), settingsSchema),
  'vault.state': query(nothingSchema, vaultStateSchema),
  /** Sets the passphrase where there is no keychain. Throws when the vault is already set up. */
  'vault.setUp': command(z.strictObject({ passphrase, secretsThisRunOnly: z.boolean() }), vaultStateSchema),
  /** Throws passphraseWrong. */
  'vault.unlock': command(z.strictObject({ passphrase: z.string().max(limits.word) }), vaultStateSchema),
  /** Opens the same data on a new PC or after the keychain changed. Throws recoveryCodeWrong, passphraseNeeded. */
  'vault.recover': command(
    z.strictObject({ recoveryCode: z.string().max(limits.word), passphrase: passphrase.nullable() }),
    vaultStateSchema,
  ),
  /** The recovery code in groups, for showing and printing on request; the one secret the merchant must be able to read. */
  'vault.recoveryCode': command(nothingSchema, z.strictObject({ recoveryCode: textSchema })),
  'vault.printRecoveryCode': command(nothingSchema, z.strictObject({ printed: z.boolean() })),
  'app.info': query(
    nothingSchema,
    z.strictObject({
      version: textSchema,
      electron: textSchema,
      dataFolder: z.string().max(limits.path),
      practiceProfile: z.boolean(),
      syncAtStart: z.boolean(),
    }),
  ),
  'app.notices': query(nothingSchema, z.array(noticeSchema).max(50)),
  'app.dismissNotice': command(z.strictObject({ id: z.string().max(limits.id) }), nothingSchema),
  /** Opens a page of the upstream's console in the browser; only the names listed here. */
  'app.openLink': command(z.strictObject({ link: z.enum(['consoleKeys', 'apiPage', 'dataFolder']) }), nothingSchema),
  /** Puts text on the clipboard (the window's own clipboard access is denied). */
  'app.copy': command(z.strictObject({ text: z.string().max(limits.json) }), nothingSchema),
}

export const settingsEvents = {
  'settings.changed': settingsSchema,
  'vault.changed': vaultStateSchema,
  'notices.changed': nothingSchema,
}

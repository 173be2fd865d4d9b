import { configDocumentSchema, type ConfigDocument } from '../settings/config-document.ts'
import { AppError } from '#shared/errors.ts'

/** Accounts and settings as a backup carries them. Practice has files of its own, which it does not. */
export function configForBackup({ version, settings, accounts }: ConfigDocument): string {
  return JSON.stringify({ version, settings, accounts: accounts.filter(({ practice }) => !practice) })
}

/** Throws databaseNewer. */
export function configFromBackup(text: string): ConfigDocument {
  const parsed = configDocumentSchema.safeParse(JSON.parse(text))
  if (!parsed.success) throw new AppError('databaseNewer', 'the backup holds accounts of another version')
  return parsed.data
}

/**
 * What stands in config.json after a restore. Under the same key the present accounts stay, unless there are none;
 * under another key theirs would not open, and the backup's take their place.
 */
export function restoredConfig(present: ConfigDocument, backup: ConfigDocument, own: boolean): ConfigDocument {
  const real = present.accounts.filter(({ practice }) => !practice)
  if (own && real.length > 0) return present
  const practice = present.accounts.filter((account) => account.practice)
  const { selectedAccountId: _gone, ...kept } = present.settings
  return { ...backup, settings: { ...backup.settings, ...kept }, accounts: [...backup.accounts, ...practice] }
}

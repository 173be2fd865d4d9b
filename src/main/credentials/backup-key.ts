import type { BackupWrap } from '#shared/database/backup-header.ts'
import { AppError } from '#shared/errors.ts'
import { parseRecoveryCode } from './recovery-code.ts'
import { deriveKey, seal, unseal } from './seal.ts'

const aboutCode = 'recovery code'
const aboutRecovery = 'data key by recovery code'
const aboutConfig = 'accounts in a backup'

/** The data key of a backup. Lives in this process's memory only. */
export interface BackupKey {
  readonly dataKey: Buffer
  /** It is this installation's own. */
  readonly own: boolean
}

/** True where this data key is the one that the recovery code lies under. */
export function opensCode(wrap: Pick<BackupWrap, 'recoveryCode'>, dataKey: Buffer): boolean {
  return unseal(deriveKey(dataKey, 'recovery code'), wrap.recoveryCode, aboutCode) !== null
}

/** Null where the code is another one. */
export function openByCode(wrap: Pick<BackupWrap, 'recovery'>, secret: Buffer): Buffer | null {
  const key = deriveKey(secret, aboutRecovery, Buffer.from(wrap.recovery.salt, 'base64'))
  const opened = unseal(key, wrap.recovery.sealed, aboutRecovery)
  return opened === null ? null : Buffer.from(opened, 'base64')
}

/** By this installation's key where it fits, else by the code. Throws recoveryCodeNeeded, recoveryCodeWrong. */
export function openBackupKey(wrap: BackupWrap, ownKey: Buffer | null, typedCode: string | null): BackupKey {
  if (ownKey !== null && opensCode(wrap, ownKey)) return { dataKey: ownKey, own: true }
  if (typedCode === null) throw new AppError('recoveryCodeNeeded')
  const secret = parseRecoveryCode(typedCode)
  const dataKey = secret === null ? null : openByCode(wrap, secret)
  if (dataKey === null || !opensCode(wrap, dataKey)) throw new AppError('recoveryCodeWrong')
  return { dataKey, own: false }
}

/** 64 hex digits for the orders' files under this data key. */
export function databaseKeyOf(dataKey: Buffer): string {
  return deriveKey(dataKey, 'database').toString('hex')
}

export function sealConfig(dataKey: Buffer, text: string): string {
  return seal(deriveKey(dataKey, 'backup'), text, aboutConfig)
}

/** Throws backupDamaged. */
export function openConfig(dataKey: Buffer, sealed: string): string {
  const text = unseal(deriveKey(dataKey, 'backup'), sealed, aboutConfig)
  if (text === null) throw new AppError('backupDamaged', 'its accounts do not open')
  return text
}

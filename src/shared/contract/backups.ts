import { z } from 'zod'
import { command, query } from '../rpc/route.ts'
import { countSchema, epochMsSchema, limits, nothingSchema } from './common.ts'

const fileName = z.string().min(1).max(limits.word)

/** One automatic backup in the data folder. */
export const keptBackupSchema = z.strictObject({ name: fileName, madeAt: epochMsSchema, bytes: countSchema })
export type KeptBackup = z.infer<typeof keptBackupSchema>

export const healthSchema = z.enum(['good', 'damaged', 'missing'])

/** The orders were damaged and wait for the merchant's word: the newest whole backup is offered. */
export const damageSchema = z.strictObject({
  at: epochMsSchema,
  /** What was set aside, in the data folder. */
  setAside: z.array(fileName).max(12),
  backup: keptBackupSchema,
})
export type Damage = z.infer<typeof damageSchema>

export const backupsStateSchema = z.strictObject({
  /** Newest first. */
  kept: z.array(keptBackupSchema).max(100),
  lastCheck: z.strictObject({ at: epochMsSchema, orders: healthSchema, replies: healthSchema }).nullable(),
  damage: damageSchema.nullable(),
  running: z.enum(['backup', 'restore', 'check']).nullable(),
})
export type BackupsState = z.infer<typeof backupsStateSchema>

/** A file that the merchant picked; its path stays in main. */
export const chosenBackupSchema = z.strictObject({
  name: fileName,
  madeAt: epochMsSchema,
  bytes: countSchema,
  /** It is of another computer or vault: only its recovery code opens it. */
  needsCode: z.boolean(),
})
export type ChosenBackup = z.infer<typeof chosenBackupSchema>

export const backupsRoutes = {
  'backups.state': query(nothingSchema, backupsStateSchema),
  /** Makes an automatic backup now; false: nothing has changed since the newest. */
  'backups.make': command(nothingSchema, z.strictObject({ made: z.boolean() })),
  /** Asks where, then writes everything, raw replies included; false: the merchant cancelled. */
  'backups.saveAs': command(nothingSchema, z.strictObject({ saved: z.boolean() })),
  /** Verifies every page of both files. */
  'backups.check': command(nothingSchema, nothingSchema),
  /** Asks which file; null: the merchant cancelled. Throws notABackup, backupDamaged, databaseNewer. */
  'backups.choose': command(nothingSchema, z.strictObject({ chosen: chosenBackupSchema.nullable() })),
  /**
   * Restores one of the kept ones, or (null) the file that was chosen last. The present data is set aside first, and
   * what may have come since the backup is asked again. Throws notABackup, backupDamaged, recoveryCodeNeeded,
   * recoveryCodeWrong, passphraseNeeded, diskFull.
   */
  'backups.restore': command(
    z.strictObject({
      kept: fileName.nullable(),
      recoveryCode: z.string().max(limits.word).nullable(),
      passphrase: z.string().min(8).max(limits.word).nullable(),
    }),
    z.strictObject({ setAside: z.array(fileName).max(20) }),
  ),
  /** After damage, without a backup: orders anew from the raw replies and by range. */
  'backups.startFresh': command(nothingSchema, z.strictObject({ setAside: z.array(fileName).max(20) })),
}

export const backupsEvents = { 'backups.changed': backupsStateSchema }

import { z } from 'zod'
import {
  countSchema,
  epochMsSchema,
  idSchema,
  limits,
  nothingSchema,
  orderTypeSchema,
  rangeSchema,
} from '../contract/common.ts'
import { command } from '../rpc/route.ts'
import { backupAboutSchema, backupHeaderSchema } from './backup-header.ts'

/** Checking, backing up and restoring the two files of an installation. */

const hexKey = z.string().regex(/^[0-9a-f]{64}$/)
const path = z.string().min(1).max(limits.path)
/** Sits in the names of files that are set aside. */
const stampSchema = z.string().regex(/^[a-z]+-\d{8}-\d{6}(-\d+)?$/)

/** The same place that vault.open takes. */
export const vaultPlaceSchema = z.strictObject({
  folder: z.string().max(limits.path),
  name: z.enum(['orders', 'practice']),
  key: hexKey,
})
const lockedPlace = vaultPlaceSchema.omit({ key: true })

export const fileHealthSchema = z.enum(['good', 'damaged', 'missing'])
export const healthSchema = z.strictObject({ orders: fileHealthSchema, replies: fileHealthSchema })
export type Health = z.infer<typeof healthSchema>

export const bytesProgressSchema = z.strictObject({ done: countSchema, total: countSchema })

/** What was asked of the upstream and may have been lost: asked again by range before anything else. */
export const askAgainSchema = z.strictObject({
  accountId: idSchema,
  types: z.array(orderTypeSchema).max(2),
  /** Asked where the orders begin anew; a backup knows its own last request. */
  everything: rangeSchema,
})
export type AskAgain = z.infer<typeof askAgainSchema>

export const upkeepRoutes = {
  /** Reads every page of both files as they stand, whatever is written meanwhile, and verifies its MAC. Vault open. */
  'upkeep.check': command(nothingSchema, healthSchema, bytesProgressSchema),
  /**
   * Writes a backup of the open vault beside `file` and renames it there once it is durable; every page is verified on
   * the way. `unlessOrders`: writes nothing where the orders file is still the one with that SHA-256. Throws
   * databaseCorrupt, diskFull, fileNotWritable, cancelled, and leaves nothing then.
   */
  'backup.write': command(
    z.strictObject({
      file: path,
      about: backupAboutSchema,
      withReplies: z.boolean(),
      unlessOrders: hexKey.nullable(),
    }),
    z.strictObject({ written: z.boolean(), bytes: countSchema }),
    bytesProgressSchema,
  ),

  /** Those below need no open vault; the ones with a place take its lock themselves. Reads the whole backup.
   * Throws notABackup, backupDamaged, databaseNewer. */
  'backup.inspect': command(z.strictObject({ file: path }), backupHeaderSchema),
  /** Checks the structure of files that another process has open, whose work goes on. Throws dataFolderInUse. */
  'upkeep.structure': command(vaultPlaceSchema, healthSchema),
  /** Which of the files is damaged: pages, sizes and structure. Throws databaseKeyWrong where the key fits neither. */
  'upkeep.diagnose': command(vaultPlaceSchema, healthSchema),
  /** Moves files (with what belongs to them) to `<file>.<stamp>` and returns the new names. */
  'upkeep.setAside': command(
    lockedPlace.extend({ stamp: stampSchema, files: z.array(z.enum(['orders', 'replies'])).max(2) }),
    z.strictObject({ files: z.array(z.string().max(limits.label * 4)).max(6) }),
  ),
  /**
   * Puts a backup (null: an empty database) in the place of the orders. All or nothing: what was there is set aside
   * under `stamp`, an early end is finished by `restore.finish`. The present attempts of the last days stay counted;
   * replies that are whole and of the same key stay, and what the orders lack of them is merged by the next repair.
   */
  'restore.run': command(
    vaultPlaceSchema.extend({
      stamp: stampSchema,
      archive: path.nullable(),
      /** The key of what is there now, where it is known. */
      presentKey: hexKey.nullable(),
      /** Orders that were set aside before: their calls count too. */
      carryFrom: z.string().max(limits.word).nullable(),
      askAgain: z.array(askAgainSchema).max(200),
      at: epochMsSchema,
      /** Further files that change in the same step. `keep`: set the present one aside. */
      texts: z
        .array(
          z.strictObject({
            name: z.string().regex(/^[a-z.]{1,40}$/),
            text: z.string().max(8_000_000),
            keep: z.boolean(),
          }),
        )
        .max(8),
    }),
    z.strictObject({ setAside: z.array(z.string().max(limits.label * 4)).max(20) }),
    bytesProgressSchema,
  ),
  /** Finishes a restore that was under way when the app ended; does nothing where there is none. */
  'restore.finish': command(lockedPlace, z.strictObject({ finished: z.boolean() })),
  /** A call's Date header showed that the PC's clock had the wrong day: it counts for the right one. Vault open. */
  'attempts.redate': command(
    z.strictObject({ attemptId: z.number().int().positive(), day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/) }),
    nothingSchema,
  ),
  /** Counts attempts of one fingerprint as those of another: the same key under another file's secret. */
  'attempts.adopt': command(
    z.strictObject({ changes: z.array(z.strictObject({ from: z.string().max(200), to: hexKey })).max(400) }),
    nothingSchema,
  ),
} as const

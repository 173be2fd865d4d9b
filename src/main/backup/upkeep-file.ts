import { existsSync, rmSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { backupsStateSchema, damageSchema, type BackupsState, type Damage } from '#shared/contract/backups.ts'
import { readJson, writeFileDurably } from '../settings/durable-file.ts'

const checkSchema = backupsStateSchema.shape.lastCheck.unwrap()
type Check = NonNullable<BackupsState['lastCheck']>

/** How the last check ended, for the page and for the day's next one. Losing it costs a check. */
export class CheckFile {
  readonly #path: string

  constructor(dataFolder: string) {
    this.#path = path.join(dataFolder, 'last-check.json')
  }

  read(): Check | null {
    const parsed = checkSchema.safeParse(readJson(this.#path))
    return parsed.success ? parsed.data : null
  }

  write(check: Check): void {
    writeFileDurably(this.#path, JSON.stringify(check))
  }

  /** The next look at it finds that a check is due. */
  forget(): void {
    rmSync(this.#path, { force: true })
  }
}

const pendingSchema = damageSchema.extend({
  /** The set-aside orders, whose calls still count. */
  orders: z.string().max(200).nullable(),
})
export type PendingDamage = z.infer<typeof pendingSchema>

/** Damage that waits for the merchant's word. It is over as soon as there are orders again. */
export class DamageFile {
  readonly #folder: string

  constructor(dataFolder: string) {
    this.#folder = dataFolder
  }

  read(): PendingDamage | null {
    const parsed = pendingSchema.safeParse(readJson(this.#path()))
    if (!parsed.success) return null
    if (!existsSync(path.join(this.#folder, 'orders.db'))) return parsed.data
    this.clear()
    return null
  }

  write(damage: PendingDamage): void {
    writeFileDurably(this.#path(), JSON.stringify(damage))
  }

  clear(): void {
    rmSync(this.#path(), { force: true })
  }

  #path(): string {
    return path.join(this.#folder, 'damage.json')
  }
}

/** Without what only main needs. */
export function shownDamage({ at, setAside, backup }: PendingDamage): Damage {
  return { at, setAside, backup }
}

import { existsSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { KeptBackup } from '#shared/contract/backups.ts'
import type { BackupHeader } from '#shared/database/backup-header.ts'
import { AppError } from '#shared/errors.ts'
import { localStamp } from '../settings/durable-file.ts'
import { readBackupFront } from './backup-front.ts'

export const keptBackups = 7
export const backupEnding = '.haoka-backup'
/** Written by the database process and renamed; one that is still there was interrupted. */
const partEnding = '.haoka-part'

/** The automatic backups, in `backups` of the data folder. */
export class BackupFolder {
  readonly folder: string

  constructor(dataFolder: string) {
    this.folder = path.join(dataFolder, 'backups')
  }

  /** Newest first; what cannot be read is left out. */
  list(): (KeptBackup & { header: BackupHeader })[] {
    if (!existsSync(this.folder)) return []
    return readdirSync(this.folder)
      .filter((name) => name.endsWith(backupEnding))
      .flatMap((name) => {
        const front = readBackupFront(path.join(this.folder, name))
        return front === null ? [] : [{ name, madeAt: front.header.madeAt, bytes: front.bytes, header: front.header }]
      })
      .toSorted((a, b) => b.madeAt - a.madeAt || (a.name < b.name ? 1 : -1))
  }

  /** Throws notABackup where there is none of that name. */
  pathOf(name: string): string {
    const file = path.join(this.folder, path.basename(name))
    if (!existsSync(file)) throw new AppError('notABackup', 'no such backup is kept')
    return file
  }

  newPath(nowMs: number): string {
    return path.join(this.folder, `orders-${localStamp(new Date(nowMs))}${backupEnding}`)
  }

  /** Keeps the newest, `spared` in any case: a clock that was set back must not take the one just made. */
  prune(spared: string): void {
    const others = this.list().filter(({ name }) => name !== path.basename(spared))
    for (const { name } of others.slice(keptBackups - 1)) rmSync(path.join(this.folder, name), { force: true })
    for (const name of readdirSync(this.folder))
      if (name.endsWith(partEnding)) rmSync(path.join(this.folder, name), { force: true })
  }
}

import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { backupFrontBytes, backupHeaderSchema, backupMagic, type BackupHeader } from '#shared/database/backup-header.ts'

/** What stands at the front of a backup; null where that cannot be read. Says nothing of what follows it. */
export function readBackupFront(file: string): { header: BackupHeader; bytes: number } | null {
  try {
    const fd = openSync(file, 'r')
    try {
      const bytes = fstatSync(fd).size
      const front = Buffer.alloc(Math.min(backupFrontBytes, bytes))
      readSync(fd, front, 0, front.length, 0)
      const [magic, json, hash] = front.toString('latin1').split('\n', 3)
      if (magic !== backupMagic || json === undefined) return null
      const text = Buffer.from(json, 'latin1')
      if (createHash('sha256').update(text).digest('hex') !== hash) return null
      const header = backupHeaderSchema.safeParse(JSON.parse(text.toString('utf8')))
      return header.success ? { header: header.data, bytes } : null
    } finally {
      closeSync(fd)
    }
  } catch {
    return null
  }
}

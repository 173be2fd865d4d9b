import { join } from 'node:path'
import { syncFolder } from '../backup/durable-file.ts'
import { asideName, databaseExists, moveDatabase } from './file-set.ts'

/** Moves damaged files out of the way under a dated name, with their logs. Nothing is ever deleted. */
export function setAside(
  folder: string,
  name: string,
  files: readonly ('orders' | 'replies')[],
  stamp: string,
): string[] {
  const moved: string[] = []
  for (const file of files) {
    const target = file === 'orders' ? `${name}.db` : `${name}-replies.db`
    if (!databaseExists(join(folder, target))) continue
    const aside = asideName(folder, target, stamp)
    moveDatabase(join(folder, target), join(folder, aside))
    moved.push(aside)
  }
  syncFolder(folder)
  return moved
}

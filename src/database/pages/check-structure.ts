import { existsSync } from 'node:fs'
import type { Health } from '#shared/database/upkeep.ts'
import { AppError } from '#shared/errors.ts'
import { openForReading, type Connection, type Log } from '../connection.ts'
import { toDatabaseError } from '../database-error.ts'
import { ordersFile, repliesFile } from '../restore/file-set.ts'

interface Place {
  folder: string
  name: string
  key: string
}

/**
 * Checks both files as SQLite understands them (rows against indexes, references, constraints) while another process has
 * them open: that one's queries and writes go on. Throws dataFolderInUse where a file cannot be read at the moment.
 */
export async function checkStructure({ folder, name, key }: Place, log: Log): Promise<Health> {
  return {
    orders: await structureOf(ordersFile(folder, name), key, log),
    replies: await structureOf(repliesFile(folder, name), key, log),
  }
}

async function structureOf(file: string, key: string, log: Log): Promise<Health['orders']> {
  if (!existsSync(file)) return 'missing'
  const connection = await openForReading(file, key, log)
  try {
    return isWhole(connection, log) ? 'good' : 'damaged'
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown
    log(String(thrown))
    return 'damaged'
  } finally {
    connection.leave()
  }
}

/**
 * A page can be as it was written, and what was written still not fit the rest. Reads the whole file, at once. A file of
 * an older schema is as whole as its own schema says.
 */
export function isWhole(connection: Connection, log: Log): boolean {
  const problems = connection.column<string>('PRAGMA integrity_check(1)')
  if (problems[0] !== 'ok') {
    // What it says names tables and row numbers, no values.
    log(`structure: ${problems[0] ?? ''}`)
    return false
  }
  const stray = connection.get<{ table: string }>('SELECT "table" FROM pragma_foreign_key_check LIMIT 1')
  if (stray !== undefined) log(`structure: a row of ${stray.table} refers to nothing`)
  return stray === undefined
}

/** Anything else that fails says nothing of the file. A page that does not verify does not open. */
function isDamage(thrown: unknown): boolean {
  const error = toDatabaseError(thrown)
  return error instanceof AppError && (error.code === 'databaseCorrupt' || error.code === 'databaseKeyWrong')
}

export function isBusy(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('SQLITE_BUSY')
}

import { existsSync, rmSync } from 'node:fs'
import { AppError } from '#shared/errors.ts'
import type { Connection } from '../connection.ts'
import type { Migration } from './migration.ts'

const ledger = `
CREATE TABLE IF NOT EXISTS migrations (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  applied_at INTEGER NOT NULL
) STRICT`

/**
 * Brings a file to the newest schema: each step in one transaction with its ledger row. A file that already holds
 * something is copied first (encrypted as it is) to `<file>.before-NNNN`; on failure the step is undone and the
 * error says so. Throws databaseNewer for a file that a later version of the app has written.
 */
export async function migrate(connection: Connection, steps: readonly Migration[], now: number): Promise<void> {
  await connection.write(() => connection.script(ledger))
  const applied = connection.all<{ number: number; name: string }>(
    'SELECT number, name FROM migrations ORDER BY number',
  )
  for (const [index, row] of applied.entries()) {
    const known = steps[index]
    if (known?.number !== row.number || known.name !== row.name)
      throw new AppError(
        'databaseNewer',
        `the file has step ${row.number} ${row.name}, which this version does not know`,
      )
  }
  const missing = steps.slice(applied.length)
  const [next] = missing
  if (next === undefined) return
  if (applied.length > 0) backUp(connection, next.number)
  for (const step of missing)
    await connection.write(() => {
      connection.script(step.sql)
      connection.run('INSERT INTO migrations VALUES (?, ?, ?)', [step.number, step.name, now])
    })
}

/** VACUUM INTO, not a file copy: opening the file a second time in this process would drop its lock on POSIX. */
function backUp(connection: Connection, nextNumber: number): void {
  const file = `${connection.file}.before-${String(nextNumber).padStart(4, '0')}`
  if (existsSync(file)) rmSync(file)
  connection.run('VACUUM INTO ?', [file])
}

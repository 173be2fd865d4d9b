import { readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openConnection, type Connection } from '#database/connection.ts'
import { migrate } from '#database/migrations/migrate.ts'
import type { Migration } from '#database/migrations/migration.ts'
import { ordersMigrations } from '#database/migrations/orders/index.ts'
import { repliesMigrations } from '#database/migrations/replies/index.ts'

const files: readonly (readonly [name: string, steps: readonly Migration[]])[] = [
  ['orders.db', ordersMigrations],
  ['orders-replies.db', repliesMigrations],
]

/**
 * Puts a closed data folder's files back to a schema of long ago, as an earlier version of the app would have left
 * them: the same rows in the tables and columns that there were. `pick` chooses among so many older states; a file with
 * one step only stays as it is. Copies that earlier migrations have kept go.
 */
export async function ageFiles(folder: string, key: string, pick: (count: number) => number): Promise<void> {
  for (const [name, steps] of files) {
    for (const kept of copiesOf(folder, name)) rmSync(join(folder, kept))
    if (steps.length > 1) await ageFile(join(folder, name), key, steps.slice(0, 1 + pick(steps.length - 1)))
  }
}

/** Copies made before migrations. */
export function copiesOf(folder: string, name = 'orders.db'): string[] {
  return readdirSync(folder).filter((file) => file.startsWith(`${name}.before-`))
}

async function ageFile(file: string, key: string, steps: readonly Migration[]): Promise<void> {
  const older = `${file}.older`
  const now = await openConnection(file, key, () => undefined)
  const then = await openConnection(older, key, () => undefined)
  try {
    await migrate(then, steps, 0)
    then.pragma('foreign_keys=OFF')
    await then.write(() => copyRowsTx(now, then))
  } finally {
    now.close()
    then.close()
  }
  for (const ending of ['-wal', '-shm']) rmSync(file + ending, { force: true })
  renameSync(older, file)
}

/** The search index is made anew from what its triggers note while rows are copied. */
const copiedTables = `SELECT s.name FROM sqlite_schema s JOIN pragma_table_list(s.name) l ON l.schema = 'main'
  WHERE l.type = 'table' AND s.name NOT IN ('migrations', 'search_waiting')`

function copyRowsTx(from: Connection, to: Connection): void {
  for (const table of to.column<string>(copiedTables)) {
    const columns = commonColumns(from, to, table)
    if (columns.length === 0) continue
    to.run(`DELETE FROM ${table}`)
    const insert = `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
    for (const row of from.tuples(`SELECT ${columns.join(', ')} FROM ${table}`)) to.run(insert, row)
  }
}

function commonColumns(from: Connection, to: Connection, table: string): string[] {
  const [now, then] = [from, to].map((file) => file.column<string>(`SELECT name FROM pragma_table_info('${table}')`))
  return (then ?? []).filter((column) => now?.includes(column))
}

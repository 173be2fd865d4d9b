import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { benchKey } from './bench-database.ts'
import { timed } from './figure.ts'

/** Opens an orders file as the database process does; `key` null leaves it unencrypted. */
export async function openFile(file: string, key: string | null) {
  const { default: Database } = await import('better-sqlite3-multiple-ciphers')
  const db = new Database(file)
  if (key !== null) {
    db.pragma(`cipher='sqlcipher'`)
    db.pragma('legacy=4')
    db.pragma(`key="x'${key}'"`)
  }
  db.pragma('journal_mode=WAL')
  db.pragma('synchronous=FULL')
  db.pragma('temp_store=MEMORY')
  db.pragma('foreign_keys=ON')
  db.pragma('cache_size=-65536')
  return db
}

type OpenFile = Awaited<ReturnType<typeof openFile>>

/** Everything a merge writes for an order, and what that refers to. */
const tables = ['accounts', 'orders', 'order_originals', 'status_changes'] as const

/**
 * Copies what a merge wrote, row by row, into an empty file of the same schema and indexes, in one transaction.
 * Returns the milliseconds of the inserts alone.
 */
export async function insertLoop(mergedFile: string, key: string | null = benchKey): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-bench-'))
  const source = await openFile(mergedFile, benchKey)
  const target = await openFile(join(folder, 'orders.db'), key)
  try {
    copySchema(source, target)
    const rows = tables.map((table) => source.prepare(`SELECT * FROM ${table}`).raw().all() as unknown[][])
    return await timed(() =>
      target.transaction(() => {
        for (const [index, table] of tables.entries()) insertAll(target, table, rows[index] ?? [])
      })(),
    )
  } finally {
    source.close()
    target.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

function insertAll(db: OpenFile, table: string, rows: readonly unknown[][]): void {
  const insert = db.prepare(`INSERT INTO ${table} VALUES (${(rows[0] ?? []).map(() => '?').join(', ')})`)
  for (const row of rows) insert.run(...row)
}

/** All of it, because triggers of these tables write to others. The search index makes its own tables. */
function copySchema(source: OpenFile, target: OpenFile): void {
  const made = `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
    AND name NOT LIKE 'order\\_search\\_%' ESCAPE '\\' ORDER BY rowid`
  for (const sql of source.prepare(made).pluck().all() as string[]) target.exec(sql)
}

/** An unencrypted copy of the orders alone, for sqlite3's own command line. */
export async function plainCopy(file: string, target: string): Promise<void> {
  const db = await openFile(file, benchKey)
  db.exec(`ATTACH '${target}' AS plain KEY ''; CREATE TABLE plain.orders AS SELECT * FROM orders; DETACH plain`)
  db.close()
}

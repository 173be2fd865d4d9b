// oxlint-disable-next-line import/default -- a CommonJS package: what it exports is its default
import Sqlite from 'better-sqlite3-multiple-ciphers'

/**
 * Takes rows out of a closed file's table that an index goes on listing: every page is as it was written and verifies,
 * and what is written does not fit together.
 */
export function breakIndex(file: string, key: string, table: string, index: string): void {
  const row = withFile(file, key, (db) => {
    const kept = db.prepare('SELECT * FROM sqlite_schema WHERE name = ?').get(index) as Record<string, unknown>
    db.pragma('writable_schema=ON')
    db.prepare('DELETE FROM sqlite_schema WHERE name = ?').run(index)
    return kept
  })
  withFile(file, key, (db) => {
    db.pragma('foreign_keys=OFF')
    db.prepare(`UPDATE ${table} SET id = id + 1000000 WHERE id IN (SELECT max(id) FROM ${table})`).run()
    db.pragma('writable_schema=ON')
    db.prepare('INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)').run(
      row['type'],
      row['name'],
      row['tbl_name'],
      row['rootpage'],
      row['sql'],
    )
  })
}

function withFile<T>(file: string, key: string, work: (db: Sqlite.Database) => T): T {
  const db = new Sqlite(file)
  try {
    db.unsafeMode(true)
    db.pragma(`cipher='sqlcipher'`)
    db.pragma('legacy=4')
    db.pragma(`key="x'${key}'"`)
    return work(db)
  } finally {
    db.close()
  }
}

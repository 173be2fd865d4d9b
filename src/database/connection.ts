// oxlint-disable-next-line import/default -- a CommonJS package: what it exports is its default
import type Sqlite from 'better-sqlite3-multiple-ciphers'
import { AppError } from '#shared/errors.ts'

/** The SQLite addon needs this much Node-API; below it loading the addon does not throw, it crashes the process. */
const napiNeeded = 10
/** How long SQLite itself waits for a lock. Short: a lock held by another process does not go away. */
const busyTimeoutMs = 100
/** Four times as much made neither merges nor lists of a million orders faster; with half, rare texts were found late. */
const pageCacheKib = 16_384
/** A large merge lets the write-ahead log grow; afterwards it is cut back to this. */
const logLimitBytes = 33_554_432
/** As `PRAGMA auto_vacuum` answers it. */
const incrementalVacuum = 2
/** A statement slower than this is named in the log, without its values. */
const slowMs = 250

export type Value = string | number | bigint | Uint8Array | null
export type Log = (line: string) => void

/**
 * One encrypted SQLite file. Writes take turns, so that a long transaction may yield to the event loop (queries and
 * cancels get through meanwhile) without another write slipping into it and being rolled back with it.
 */
export class Connection {
  readonly file: string
  readonly #db: Sqlite.Database
  readonly #log: Log
  readonly #rows: Statements
  readonly #columns: Statements
  readonly #tuples: Statements
  #lastWrite: Promise<unknown> = Promise.resolve()
  #undone = 0
  /** Writes asked for that have not begun, those in the background aside. */
  #waiting = 0

  constructor(file: string, db: Sqlite.Database, log: Log) {
    this.file = file
    this.#db = db
    this.#log = log
    this.#rows = new Statements((sql) => db.prepare(sql))
    this.#columns = new Statements((sql) => db.prepare<Value[]>(sql).pluck())
    this.#tuples = new Statements((sql) => db.prepare<Value[]>(sql).raw())
  }

  get<Row>(sql: string, values: readonly Value[] = []): Row | undefined {
    return this.#timed(sql, () => this.#rows.get(sql).get(...values)) as Row | undefined
  }

  all<Row>(sql: string, values: readonly Value[] = []): Row[] {
    return this.#timed(sql, () => this.#rows.get(sql).all(...values)) as Row[]
  }

  /** The first column of every row. */
  column<Cell extends Value>(sql: string, values: readonly Value[] = []): Cell[] {
    return this.#timed(sql, () => this.#columns.get(sql).all(...values)) as Cell[]
  }

  /** Rows as arrays, in the order of the selected columns. */
  tuples<Row extends Value[]>(sql: string, values: readonly Value[] = []): Row[] {
    return this.#timed(sql, () => this.#tuples.get(sql).all(...values)) as Row[]
  }

  /** Returns the row id of an insert. Call it within `write` only. */
  insert(sql: string, values: readonly Value[] = []): number {
    return Number(this.#timed(sql, () => this.#rows.get(sql).run(...values)).lastInsertRowid)
  }

  /** Returns the count of rows touched. Call it within `write` only. */
  run(sql: string, values: readonly Value[] = []): number {
    return this.#timed(sql, () => this.#rows.get(sql).run(...values)).changes
  }

  /** Several statements without values. */
  script(sql: string): void {
    this.#db.exec(sql)
  }

  pragma(text: string): unknown {
    return this.#db.pragma(text, { simple: true })
  }

  /**
   * Runs `work` in one transaction, after every write before it. It is durable once the promise resolves; when `work`
   * throws, nothing of it stays. `work` may await only what yields (never another write of this file: it would wait
   * for itself).
   */
  write<T>(work: () => T | Promise<T>): Promise<T> {
    return this.betweenWrites(() => this.#transaction(work))
  }

  /** As `write`, for work that nobody waits for: it is to end soon once `isWanted`, and to go on in a later turn. */
  writeInBackground<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#inTurn(() => this.#transaction(work))
  }

  /** True while a write that is not in the background waits for its turn. */
  get isWanted(): boolean {
    return this.#waiting > 0
  }

  /** Runs `work` after every write before it and keeps later ones waiting; no transaction is open meanwhile. */
  betweenWrites<T>(work: () => T | Promise<T>): Promise<T> {
    this.#waiting += 1
    return this.#inTurn(() => {
      this.#waiting -= 1
      return work()
    })
  }

  get isOpen(): boolean {
    return this.#db.open
  }

  /** How many transactions were undone: what was read meanwhile may never have been there. */
  get undone(): number {
    return this.#undone
  }

  get inTransaction(): boolean {
    return this.#db.inTransaction
  }

  /** Moves what the log holds into the file, as far as readers let it; `whole`: all of it. `frames` are the log's. */
  checkpoint(): { whole: boolean; frames: number } {
    const rows = this.#db.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[]
    const row = rows[0] ?? { busy: 1, log: 0, checkpointed: 0 }
    return { whole: row.busy === 0 && row.log === row.checkpointed, frames: Math.max(0, row.log) }
  }

  /** Moves the log into the file and drops the lock. A transaction under way is rolled back. */
  close(): void {
    if (!this.#db.open) return
    if (!this.#db.inTransaction) this.#db.pragma('wal_checkpoint(TRUNCATE)')
    this.#db.close()
  }

  /** Closes a second connection of a file whose first stays open: the log is that one's to move. */
  leave(): void {
    this.#db.close()
  }

  #inTurn<T>(work: () => T | Promise<T>): Promise<T> {
    const turn = this.#lastWrite.then(work)
    this.#lastWrite = turn.catch(() => undefined)
    return turn
  }

  async #transaction<T>(work: () => T | Promise<T>): Promise<T> {
    this.#db.exec('BEGIN IMMEDIATE')
    try {
      const result = await work()
      this.#db.exec('COMMIT')
      return result
    } catch (thrown) {
      this.#undone += 1
      // A full disk has rolled back already; the file may also have been closed meanwhile.
      if (this.#db.open && this.#db.inTransaction) this.#db.exec('ROLLBACK')
      throw thrown
    }
  }

  #timed<T>(sql: string, work: () => T): T {
    const startedAt = performance.now()
    const result = work()
    const tookMs = performance.now() - startedAt
    if (tookMs > slowMs) this.#log(`slow query ${Math.round(tookMs)} ms: ${sql.replaceAll(/\s+/g, ' ').slice(0, 300)}`)
    return result
  }
}

/** Prepared once and kept: preparing takes longer than most statements run. */
class Statements {
  readonly #prepare: (sql: string) => Sqlite.Statement<Value[]>
  readonly #kept = new Map<string, Sqlite.Statement<Value[]>>()

  constructor(prepare: (sql: string) => Sqlite.Statement<Value[]>) {
    this.#prepare = prepare
  }

  get(sql: string): Sqlite.Statement<Value[]> {
    const kept = this.#kept.get(sql)
    if (kept !== undefined) return kept
    const statement = this.#prepare(sql)
    this.#kept.set(sql, statement)
    return statement
  }
}

export interface ConnectionOptions {
  readonly cacheKib?: number
  /** Further connections may read the file meanwhile, those of other processes too; the folder's lock tells who may. */
  readonly shared?: boolean
}

/**
 * Opens (or makes) an encrypted file. Unless it is shared this takes a lock that means "in use": the operating system
 * drops it with the process, however that ends. `key` is 64 hex digits used as they are (no derivation, so opening
 * costs nothing). Throws SQLite's own errors: see toDatabaseError.
 */
export async function openConnection(
  file: string,
  key: string,
  log: Log,
  { cacheKib = pageCacheKib, shared = false }: ConnectionOptions = {},
): Promise<Connection> {
  const Database = await loadSqlite()
  const db = new Database(file, { timeout: busyTimeoutMs })
  try {
    unlock(db, key)
    if (!shared) db.pragma('locking_mode=EXCLUSIVE')
    // Lets the replies file shrink after a purge; only a file that is still empty takes it.
    // Asked for again, it would write a page at every opening.
    if (db.pragma('auto_vacuum', { simple: true }) !== incrementalVacuum) db.pragma('auto_vacuum=INCREMENTAL')
    db.pragma('journal_mode=WAL')
    db.pragma(`journal_size_limit=${logLimitBytes}`)
    db.pragma('synchronous=FULL')
    db.pragma('foreign_keys=ON')
    db.pragma(`cache_size=-${cacheKib}`)
    db.exec('BEGIN IMMEDIATE; COMMIT')
    return new Connection(file, db, log)
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/** Opens a shared file for nothing but reading, whichever process writes it. Throws as openConnection. */
export async function openForReading(file: string, key: string, log: Log): Promise<Connection> {
  const Database = await loadSqlite()
  const db = new Database(file, { timeout: busyTimeoutMs, readonly: true })
  try {
    unlock(db, key)
    return new Connection(file, db, log)
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/**
 * Takes the lock that means "this installation is in use", on a file of its own, so that it holds while the databases
 * themselves are moved. It writes nothing, and the operating system drops it with the process. Throws SQLITE_BUSY.
 */
export async function openLock(file: string): Promise<{ release(): void }> {
  const Database = await loadSqlite()
  const db = new Database(file, { timeout: busyTimeoutMs })
  try {
    db.pragma('journal_mode=MEMORY')
    db.exec('BEGIN EXCLUSIVE')
    return { release: () => void db.close() }
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

function unlock(db: Sqlite.Database, key: string): void {
  db.pragma(`cipher='sqlcipher'`)
  db.pragma('legacy=4')
  db.pragma(`key="x'${key}'"`)
  // Nothing may reach the disk in the clear, and sorts would spill into temporary files.
  db.pragma('temp_store=MEMORY')
}

async function loadSqlite(): Promise<typeof Sqlite> {
  if (Number(process.versions.napi) < napiNeeded)
    throw new AppError(
      'internal',
      `the database needs Node-API ${napiNeeded} (Node 22.14, Electron 35); this runtime has ${process.versions.napi}`,
    )
  return (await import('better-sqlite3-multiple-ciphers')).default
}

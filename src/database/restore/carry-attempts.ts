import type { Connection, Log } from '../connection.ts'

/** How far back calls can still count, whatever the PC's clock and zone say. */
const keptMs = 3 * 86_400_000
const stepRows = 500
const selectSecret = `SELECT value FROM meta WHERE name = 'fingerprintSecret'`
/** The secret by which carried fingerprints were made, until main has replaced them. */
export const formerSecretName = 'formerFingerprintSecret'

interface AttemptRow {
  id: number
  request: number
  key_fingerprint: string
  day: string
  sent_at: number
  reply_began_at: number | null
  ended_at: number | null
  error: string | null
  did_nothing: number
}

/** What must outlive the orders file it was in. */
export interface Carried {
  readonly attempts: readonly AttemptRow[]
  readonly spent: readonly { key_fingerprint: string; day: string }[]
  /** The highest number each table ever gave: none is given twice. */
  readonly numbers: readonly { name: string; seq: number }[]
  /** What the calls' fingerprints were made with. */
  readonly secret: string | null
}

export const nothingCarried: Carried = { attempts: [], spent: [], numbers: [], secret: null }

/**
 * The calls of the last days, from the present orders file. They were made, whatever is restored. A damaged file gives
 * what of it can still be read.
 */
export function readCarried(orders: Connection, log: Log): Carried {
  const asFarAsReadable = <Row>(read: () => Row[]): Row[] => {
    try {
      return read()
    } catch (thrown) {
      log(`not readable: ${String(thrown)}`)
      return []
    }
  }
  return {
    attempts: newestAttempts(orders, asFarAsReadable),
    spent: asFarAsReadable(() => orders.all('SELECT key_fingerprint, day FROM quota_spent')),
    numbers: asFarAsReadable(() => orders.all('SELECT name, seq FROM sqlite_sequence')),
    secret: asFarAsReadable(() => orders.column<string>(selectSecret))[0] ?? null,
  }
}

function newestAttempts(orders: Connection, read: (rows: () => AttemptRow[]) => AttemptRow[]): AttemptRow[] {
  const found: AttemptRow[] = []
  for (let below = Number.MAX_SAFE_INTEGER; ;) {
    const rows = read(() =>
      orders.all<AttemptRow>(`SELECT * FROM attempts WHERE id < ? ORDER BY id DESC LIMIT ${stepRows}`, [below]),
    )
    found.push(...rows)
    const last = rows.at(-1)
    const newest = found[0]
    if (last === undefined || newest === undefined || newest.sent_at - last.sent_at > keptMs) return found
    below = last.id
  }
}

/** Within a write: each call counts once, under its own number where that is free. */
export function carryTx(orders: Connection, { attempts, spent, numbers, secret }: Carried): void {
  if (secret !== null && secret !== orders.column<string>(selectSecret)[0])
    orders.run('INSERT OR REPLACE INTO meta VALUES (?, ?)', [formerSecretName, secret])
  for (const row of attempts) {
    const there = orders.get<{ sent_at: number }>('SELECT sent_at FROM attempts WHERE id = ?', [row.id])
    if (there?.sent_at === row.sent_at) continue
    orders.insert(
      `INSERT INTO attempts (id, request, key_fingerprint, day, sent_at, reply_began_at, ended_at, error, did_nothing)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        there === undefined ? row.id : null,
        row.request,
        row.key_fingerprint,
        row.day,
        row.sent_at,
        row.reply_began_at,
        row.ended_at,
        row.error,
        row.did_nothing,
      ],
    )
  }
  for (const { key_fingerprint, day } of spent)
    orders.run('INSERT OR IGNORE INTO quota_spent VALUES (?, ?)', [key_fingerprint, day])
  for (const { name, seq } of numbers) raiseNumbersTx(orders, name, seq)
}

/** Within a write: the table's next number is above `seq`. */
export function raiseNumbersTx(orders: Connection, table: string, seq: number): void {
  const raised = orders.run('UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?', [seq, table])
  const exists = orders.get(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?`, [table])
  if (raised === 0 && exists !== undefined) orders.run('INSERT INTO sqlite_sequence VALUES (?, ?)', [table, seq])
}

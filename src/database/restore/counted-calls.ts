import type { Connection, Log } from '../connection.ts'
import { formerSecretName } from './carry-attempts.ts'

/**
 * The day's calls are the attempts in the orders file. Beside the raw replies stands how many that were, noted before
 * each call: where the orders are lost, no call that left drops out of the count.
 */

export interface Call {
  requestId: number
  keyFingerprint: string
  day: string
}

const secretName = 'fingerprintSecret'
const keptDays = '-3 days'
const upsert = `INSERT INTO counted_calls VALUES (?, ?, ?, ?)
  ON CONFLICT (account_id, key_fingerprint, day) DO UPDATE SET used = max(used, excluded.used)`

/** Notes that a key has so many calls on a day, the next one included. Never throws: the orders count it all the same. */
export async function noteCall(
  { orders, replies, log }: { orders: Connection; replies: Connection; log: Log },
  { requestId, keyFingerprint, day }: Call,
  used: number,
): Promise<void> {
  const accountId = accountOf(orders, requestId)
  try {
    await replies.write(() => {
      replies.run(upsert, [accountId, keyFingerprint, day, used])
      replies.run('DELETE FROM counted_calls WHERE day < date(?, ?)', [day, keptDays])
    })
  } catch (thrown) {
    log(`a call is counted with the orders alone: ${thrown instanceof Error ? thrown.message : ''}`)
  }
}

function accountOf(orders: Connection, requestId: number): string {
  const sql = 'SELECT c.account_id FROM requests q JOIN accounts c ON c.id = q.account WHERE q.id = ?'
  return orders.column<string>(sql, [requestId])[0] ?? ''
}

/** Within a write of the replies: what is noted of one fingerprint is from here on noted of another. */
export function renameCallsTx(replies: Connection, from: string, to: string): void {
  const rows = replies.all<{ account_id: string; day: string; used: number }>(
    'SELECT account_id, day, used FROM counted_calls WHERE key_fingerprint = ?',
    [from],
  )
  if (from === to || rows.length === 0) return
  for (const { account_id: id, day, used } of rows) replies.run(upsert, [id, to, day, used])
  replies.run('DELETE FROM counted_calls WHERE key_fingerprint = ?', [from])
}

/** The fingerprint under which an account's calls were noted last; null: none were. */
export function notedFingerprint(replies: Connection, accountId: string): string | null {
  const sql = 'SELECT key_fingerprint FROM counted_calls WHERE account_id = ? ORDER BY day DESC LIMIT 1'
  return replies.column<string>(sql, [accountId])[0] ?? null
}

/**
 * Within a write of the orders, after a restore: calls that were noted and that nothing else knows of count as attempts
 * of no request. `at`: now, so that the next call keeps its distance.
 */
export function addMissingCallsTx(orders: Connection, replies: Connection, at: number): void {
  keepSecretTx(orders, replies)
  const noted = replies.all<{ key_fingerprint: string; day: string; used: number }>(
    'SELECT key_fingerprint, day, max(used) AS used FROM counted_calls GROUP BY key_fingerprint, day',
  )
  for (const { key_fingerprint: fingerprint, day, used } of noted) {
    const counted = orders.column<number>('SELECT count(*) FROM attempts WHERE key_fingerprint = ? AND day = ?', [
      fingerprint,
      day,
    ])
    for (let missing = used - (counted[0] ?? 0); missing > 0; missing -= 1)
      orders.insert(
        `INSERT INTO attempts (request, key_fingerprint, day, sent_at, ended_at, error) VALUES (0, ?, ?, ?, ?, 'processGone')`,
        [fingerprint, day, at, at],
      )
  }
}

/** The fingerprints were made with the secret that stands beside them: new orders go on with it, others must adopt them. */
function keepSecretTx(orders: Connection, replies: Connection): void {
  const noted = replies.column<string>('SELECT value FROM meta WHERE name = ?', [secretName])[0]
  if (noted === undefined) return
  const own = orders.column<string>('SELECT value FROM meta WHERE name = ?', [secretName])[0]
  if (own === undefined) orders.run('INSERT INTO meta VALUES (?, ?)', [secretName, noted])
  else if (own !== noted) orders.run('INSERT OR REPLACE INTO meta VALUES (?, ?)', [formerSecretName, noted])
}

/** Brings what stands beside the replies to what the orders count. Writes nothing where it does already. */
export async function noteCounted(orders: Connection, replies: Connection, secret: string): Promise<void> {
  const noted = replies.column<string>('SELECT value FROM meta WHERE name = ?', [secretName])[0]
  if (noted === secret) return
  const rows = orders.all<{ account_id: string; key_fingerprint: string; day: string; used: number }>(
    `SELECT DISTINCT c.account_id, a.key_fingerprint, a.day, (SELECT count(*) FROM attempts b
       WHERE b.key_fingerprint = a.key_fingerprint AND b.day = a.day) AS used
     FROM attempts a JOIN requests q ON q.id = a.request JOIN accounts c ON c.id = q.account
     WHERE a.day >= date((SELECT max(day) FROM attempts), ?)`,
    [keptDays],
  )
  await replies.write(() => {
    for (const { account_id: id, key_fingerprint: fingerprint, day, used } of rows)
      replies.run(upsert, [id, fingerprint, day, used])
    replies.run('INSERT OR REPLACE INTO meta VALUES (?, ?)', [secretName, secret])
  })
}

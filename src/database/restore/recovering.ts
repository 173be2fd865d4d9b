import { z } from 'zod'
import { askAgainSchema, type AskAgain } from '#shared/database/upkeep.ts'
import { beijingDay } from '#domain/beijing-time.ts'
import type { Connection } from '../connection.ts'
import { ensureAccountTx, typeNumber } from '../accounts.ts'
import { raiseNumbersTx } from './carry-attempts.ts'
import { addMissingCallsTx, notedFingerprint } from './counted-calls.ts'

/** Under this name the restored orders file keeps what is still to be done with it. */
const noteName = 'recovering'
const noteSchema = z.strictObject({
  askAgain: z.array(askAgainSchema),
  at: z.number(),
  /** There is no backup below: what no raw reply holds any more must come by range. */
  anew: z.boolean(),
})
type Note = z.infer<typeof noteSchema>

interface StrayReply {
  id: number
  uid: string
  attempt: number
  request: number
  run: number
  account_id: string
  type: number
  channel: string
  range_from: string | null
  range_to: string | null
  sent_at: number
  began_at: number
  ended_at: number | null
}

export function noteRecoveringTx(orders: Connection, note: Note): void {
  orders.run('INSERT OR REPLACE INTO meta VALUES (?, ?)', [noteName, JSON.stringify(note)])
}

/**
 * The first opening after a restore: raw replies and pushes that the orders do not hold are made ready to be merged,
 * and what may have been delivered since the backup is noted as open, so that the next repair asks for it by range.
 * The orders' part is one transaction and the replies' part can be done twice, so an early end repeats it.
 */
export async function settleRecovering(orders: Connection, replies: Connection): Promise<void> {
  const row = orders.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', [noteName])
  if (row === undefined) return
  const { askAgain, at, anew } = noteSchema.parse(JSON.parse(row.value))
  const merged = new Set(orders.column<string>('SELECT uid FROM merged_replies'))
  const strays = replies
    .all<StrayReply>(`SELECT * FROM replies WHERE state = 'complete' ORDER BY attempt`)
    .filter(({ uid }) => !merged.has(uid))
  await orders.write(async () => {
    const accounts = new Map<string, number>()
    for (const { account_id: id } of [
      ...strays,
      ...replies.all<{ account_id: string }>('SELECT account_id FROM pushes'),
    ])
      accounts.set(id, ensureAccountTx(orders, id))
    raisePastTx(orders, replies)
    for (const stray of strays)
      adoptTx(orders, stray, accounts.get(stray.account_id) ?? 0, notedFingerprint(replies, stray.account_id))
    addMissingCallsTx(orders, replies, at)
    for (const account of askAgain) askAgainTx(orders, account, at, anew)
    await replies.write(() => linkTx(orders, replies, strays, accounts))
    orders.run('DELETE FROM meta WHERE name = ?', [noteName])
  })
}

/**
 * Within a write: opens requests of unknown outcome for what an account may have been delivered since its last known
 * request of each type. `anew`: for everything, whatever is known.
 */
export function askAgainTx(
  orders: Connection,
  { accountId, types, everything }: AskAgain,
  at: number,
  anew: boolean,
): void {
  const account = ensureAccountTx(orders, accountId)
  for (const type of types) {
    const last = orders.get<{ at: number | null }>(
      `SELECT max(opened_at) AS at FROM requests WHERE account = ? AND type = ? AND state <> 'failed'`,
      [account, typeNumber(type)],
    )
    const lastAt = last?.at ?? null
    if (lastAt === null && !anew) continue
    const range = anew ? everything : null
    const since = anew ? at : (lastAt ?? at)
    const values = [account, typeNumber(type), range?.from ?? null, range?.to ?? null, since]
    const run = orders.insert(
      `INSERT INTO sync_runs (account, type, channel, purpose, range_from, range_to, started_at, ended_at, outcome)
       VALUES (?, ?, 'sync', 'repair', ?, ?, ?, ?, 'open')`,
      [...values, Math.max(since, at)],
    )
    const request = orders.insert(
      `INSERT INTO requests (account, type, channel, range_from, range_to, opened_at, run)
       VALUES (?, ?, 'sync', ?, ?, ?, ?)`,
      [...values, run],
    )
    // Of no key and no day: it keeps the request open and counts against no quota.
    orders.insert(
      `INSERT INTO attempts (request, key_fingerprint, day, sent_at, ended_at, error) VALUES (?, '', '', ?, ?, 'processGone')`,
      [request, since, at],
    )
  }
}

/** Accounts and order types that were ever asked for; for a log whose end is lost. */
export function askedAccounts(orders: Connection): AskAgain[] {
  const rows = orders.all<{ accountId: string; type: number }>(
    `SELECT DISTINCT c.account_id AS accountId, q.type FROM requests q JOIN accounts c ON c.id = q.account
     WHERE c.forgotten = 0`,
  )
  const everything = { from: '2000-01-01 00:00:00', to: '2000-01-01 00:00:00' }
  return [...Map.groupBy(rows, ({ accountId }) => accountId)].map(([accountId, of]) => ({
    accountId,
    types: of.map(({ type }) => (type === 1 ? 'own' : 'distributor')),
    everything,
  }))
}

/** Numbers that replies and pushes already name belong to them. */
function raisePastTx(orders: Connection, replies: Connection): void {
  const most = replies.get<{ attempts: number | null; requests: number | null; sync_runs: number | null }>(
    `SELECT max((SELECT max(attempt) FROM replies), coalesce((SELECT max(after_attempt) FROM pushes), 0)) AS attempts,
            (SELECT max(request) FROM replies) AS requests, (SELECT max(run) FROM replies) AS sync_runs`,
  )
  for (const [table, seq] of Object.entries(most ?? {})) if (seq !== null) raiseNumbersTx(orders, table, seq)
}

/** What the lost orders file knew of the reply, as far as the reply itself tells. Its call counts for its account. */
function adoptTx(orders: Connection, reply: StrayReply, account: number, noted: string | null): void {
  const { run, request, attempt, type, channel, range_from: from, range_to: to, sent_at: sentAt } = reply
  orders.run(
    `INSERT OR IGNORE INTO sync_runs (id, account, type, channel, purpose, range_from, range_to, started_at, ended_at)
     VALUES (?, ?, ?, ?, 'repair', ?, ?, ?, ?)`,
    [run, account, type, channel, from, to, sentAt, reply.ended_at],
  )
  orders.run(
    `INSERT OR IGNORE INTO requests (id, run, account, type, channel, range_from, range_to, opened_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    [request, run, account, type, channel, from, to, sentAt],
  )
  orders.run(
    `INSERT OR IGNORE INTO attempts (id, request, key_fingerprint, day, sent_at, reply_began_at, ended_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    [
      attempt,
      request,
      noted ?? fingerprintOfAccount(reply.account_id),
      beijingDay(sentAt),
      sentAt,
      reply.began_at,
      reply.ended_at,
    ],
  )
}

/** Stands for the key's fingerprint until main, who knows the key, says it. */
export function fingerprintOfAccount(accountId: string): string {
  return `account:${accountId}`
}

function linkTx(
  orders: Connection,
  replies: Connection,
  strays: readonly StrayReply[],
  accounts: ReadonlyMap<string, number>,
): void {
  for (const [accountId, account] of accounts)
    replies.run('UPDATE replies SET account = ? WHERE account_id = ? AND account <> ?', [account, accountId, account])
  for (const { id } of strays) replies.run('UPDATE replies SET merged = 0 WHERE id = ?', [id])
  const known = new Set(orders.column<string>('SELECT DISTINCT push_uid FROM pushed_items'))
  for (const { id, uid } of replies.all<{ id: number; uid: string }>('SELECT id, uid FROM pushes WHERE merged = 1'))
    if (!known.has(uid)) replies.run('UPDATE pushes SET merged = 0 WHERE id = ?', [id])
}

/** An exported file of the restored time may be anything by now: nothing is deleted for its sake. */
export function forgetExportsTx(orders: Connection): void {
  orders.run('DELETE FROM export_files')
}

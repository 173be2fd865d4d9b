import { AppError } from '#shared/errors.ts'
import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Connection } from './connection.ts'
import { formerSecretName } from './restore/carry-attempts.ts'
import { noteCall, renameCallsTx } from './restore/counted-calls.ts'
import type { Session } from './session.ts'

interface KeyDay {
  keyFingerprint: string
  day: string
}

export async function beginAttempt(
  session: Session,
  input: InputOf<DatabaseRoutes['attempts.begin']>,
): Promise<OutputOf<DatabaseRoutes['attempts.begin']>> {
  const { orders } = session
  return orders.write(async () => {
    const { used, spentByUpstream } = readQuota(orders, input)
    if (spentByUpstream || used >= input.limit)
      throw new AppError('quotaUsed', 'the day’s calls are used up', { data: { used, limit: input.limit } })
    await noteCall(session, input, used + 1)
    const attemptId = orders.insert(
      'INSERT INTO attempts (request, key_fingerprint, day, sent_at) VALUES (?, ?, ?, ?)',
      [input.requestId, input.keyFingerprint, input.day, input.at],
    )
    // Asked again after a refusal: from here on its outcome is unknown once more.
    orders.run(`UPDATE requests SET state = 'open', closed_at = NULL WHERE id = ? AND state = 'failed'`, [
      input.requestId,
    ])
    orders.run('UPDATE sync_runs SET requests = requests + 1 WHERE id = (SELECT run FROM requests WHERE id = ?)', [
      input.requestId,
    ])
    return { attemptId, used: used + 1 }
  })
}

export async function failAttempt(session: Session, input: InputOf<DatabaseRoutes['attempts.fail']>): Promise<void> {
  await session.orders.write(() =>
    session.orders.run('UPDATE attempts SET ended_at = ?, error = ?, did_nothing = ? WHERE id = ?', [
      input.at,
      input.error,
      input.didNothing ? 1 : 0,
      input.attemptId,
    ]),
  )
}

/** A call that failed without a reply was at the server when it failed, as far as anybody knows. */
export function lastAttempt(session: Session, keyFingerprint: string): OutputOf<DatabaseRoutes['attempts.last']> {
  const row = session.orders.get<{ sent_at: number; began: number | null }>(
    `SELECT sent_at, coalesce(reply_began_at, ended_at) AS began FROM attempts
     WHERE key_fingerprint = ? ORDER BY day DESC, id DESC LIMIT 1`,
    [keyFingerprint],
  )
  return { sentAt: row?.sent_at ?? null, replyBeganAt: row?.began ?? null }
}

export function readQuota(orders: Connection, { keyFingerprint, day }: KeyDay): OutputOf<DatabaseRoutes['quota.get']> {
  const row = orders.get<{ used: number; spent: number }>(
    `SELECT (SELECT count(*) FROM attempts WHERE key_fingerprint = ? AND day = ?) AS used,
            EXISTS (SELECT 1 FROM quota_spent WHERE key_fingerprint = ? AND day = ?) AS spent`,
    [keyFingerprint, day, keyFingerprint, day],
  )
  return { used: row?.used ?? 0, spentByUpstream: row?.spent === 1 }
}

export async function markQuotaSpent(session: Session, { keyFingerprint, day }: KeyDay): Promise<void> {
  await session.orders.write(() =>
    session.orders.run('INSERT OR IGNORE INTO quota_spent VALUES (?, ?)', [keyFingerprint, day]),
  )
}

/** A call counts for the day on which the server saw it. */
export async function redateAttempt(
  session: Session,
  { attemptId, day }: InputOf<DatabaseRoutes['attempts.redate']>,
): Promise<void> {
  const { orders } = session
  await orders.write(async () => {
    orders.run('UPDATE attempts SET day = ? WHERE id = ?', [day, attemptId])
    const call = orders.get<{ requestId: number; keyFingerprint: string }>(
      'SELECT request AS requestId, key_fingerprint AS keyFingerprint FROM attempts WHERE id = ?',
      [attemptId],
    )
    if (call === undefined) return
    const { used } = readQuota(orders, { ...call, day })
    await noteCall(session, { ...call, day }, used)
  })
}

/** Counts the calls of one fingerprint as those of another: after a restore, the same key has a new one. */
export async function adoptAttempts(
  session: Session,
  changes: InputOf<DatabaseRoutes['attempts.adopt']>['changes'],
): Promise<void> {
  const { orders, replies } = session
  await orders.write(async () => {
    for (const { from, to } of changes) {
      orders.run('UPDATE attempts SET key_fingerprint = ? WHERE key_fingerprint = ?', [to, from])
      orders.run('INSERT OR IGNORE INTO quota_spent SELECT ?, day FROM quota_spent WHERE key_fingerprint = ?', [
        to,
        from,
      ])
    }
    await replies.write(() => changes.forEach(({ from, to }) => renameCallsTx(replies, from, to)))
    orders.run('DELETE FROM meta WHERE name = ?', [formerSecretName])
  })
}

/** Whether calls are counted under names that only main can replace, and the secret that made some of them. */
export function readAdoptable(orders: Connection): { toAdopt: boolean; formerSecret: string | null } {
  const formerSecret = orders.column<string>('SELECT value FROM meta WHERE name = ?', [formerSecretName])[0] ?? null
  const ofAccounts = orders.get(
    `SELECT 1 FROM attempts INDEXED BY attempts_by_key WHERE key_fingerprint >= 'account:' AND key_fingerprint < 'account;' LIMIT 1`,
  )
  return { toAdopt: formerSecret !== null || ofAccounts !== undefined, formerSecret }
}

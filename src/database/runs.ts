import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { errorSchema, runOutcomeSchema, runPurposeSchema, type Run } from '#shared/contract/sync.ts'
import type { Channel } from '#domain/vocabulary.ts'
import { ensureAccountTx, findAccount, missing, typeNumber, typeOf, type Session } from './session.ts'

interface RunRow {
  id: number
  account_id: string
  type: number
  channel: Channel
  purpose: string
  range_from: string | null
  range_to: string | null
  started_at: number
  ended_at: number | null
  outcome: string | null
  said: string | null
  error: string | null
  requests: number
  received: number
  new: number
  changed: number
  unchanged: number
  unreadable: number
}

const selectRuns = 'SELECT r.*, a.account_id FROM sync_runs r JOIN accounts a ON a.id = r.account'

export async function beginRun(session: Session, input: InputOf<DatabaseRoutes['runs.begin']>): Promise<number> {
  const { orders } = session
  const runId = await orders.write(() =>
    orders.insert(
      `INSERT INTO sync_runs (account, type, channel, purpose, range_from, range_to, started_at)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        ensureAccountTx(orders, input.accountId),
        typeNumber(input.type),
        input.channel,
        input.purpose,
        input.range?.from ?? null,
        input.range?.to ?? null,
        input.at,
      ],
    ),
  )
  session.runsUnderWay.add(runId)
  return runId
}

export async function endRun(session: Session, input: InputOf<DatabaseRoutes['runs.end']>): Promise<Run> {
  const { orders } = session
  // Ended it has, even where a full disk keeps that from being written: its open requests now wait for a repair.
  session.runsUnderWay.delete(input.runId)
  await orders.write(() =>
    orders.run('UPDATE sync_runs SET ended_at = ?, outcome = ?, complete = ?, said = ?, error = ? WHERE id = ?', [
      input.at,
      input.outcome,
      input.complete ? 1 : 0,
      input.said,
      input.error === null ? null : JSON.stringify(input.error),
      input.runId,
    ]),
  )
  const row = orders.get<RunRow>(`${selectRuns} WHERE r.id = ?`, [input.runId])
  return toRun(row ?? missing('run'))
}

/** Newest first, those that started before `before`. */
export function listRuns(session: Session, input: InputOf<DatabaseRoutes['runs.list']>): Run[] {
  const account = findAccount(session.orders, input.accountId)
  const before = input.before ?? Number.MAX_SAFE_INTEGER
  return session.orders
    .all<RunRow>(
      `${selectRuns} WHERE r.account = ? AND r.started_at < ? ORDER BY r.started_at DESC, r.id DESC LIMIT ?`,
      [account, before, input.count],
    )
    .map(toRun)
}

function toRun(row: RunRow): Run {
  const { range_from: from, range_to: to } = row
  return {
    id: String(row.id),
    accountId: row.account_id,
    type: typeOf(row.type),
    channel: row.channel,
    purpose: runPurposeSchema.parse(row.purpose),
    range: from === null || to === null ? null : { from, to },
    startedAt: row.started_at,
    endedAt: row.ended_at,
    requests: row.requests,
    received: row.received,
    new: row.new,
    changed: row.changed,
    unchanged: row.unchanged,
    unreadable: row.unreadable,
    outcome: row.outcome === null ? null : runOutcomeSchema.parse(row.outcome),
    said: row.said,
    error: row.error === null ? null : errorSchema.parse(JSON.parse(row.error)),
  }
}

import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { beijingDay, fromBeijing } from '#domain/beijing-time.ts'
import { endingStages, quietUntilFinalMs } from '#domain/finality.ts'
import type { ReadWindow } from '#domain/follow-up.ts'
import { completeSync } from './facts.ts'
import { readEvidence } from './merge/range-evidence.ts'
import { findAccount, typeNumber, type Session } from './session.ts'

const readsListed = 20_000

type Facts = OutputOf<DatabaseRoutes['followUp.facts']>
type Input = InputOf<DatabaseRoutes['followUp.facts']>

export function readFollowUpFacts(session: Session, input: Input): Facts {
  const account = findAccount(session.orders, input.accountId)
  return {
    days: readDays(session, account, input),
    reads: readReads(session, account, input),
    evidence: readEvidence(session.orders, account),
    callsToday: callsToday(session, account, input.now),
    lastRoundAt: lastRound(session, account, input, 'followUp', false),
    lastReconcileAt: lastRound(session, account, input, 'reconcile', true),
    firstCompleteAt: firstComplete(session, account, input),
  }
}

/** `placed_at` is the creation time, or when the order was first seen where the upstream gave none. */
function readDays({ orders }: Session, account: number | null, { type, since, now }: Input): Facts['days'] {
  const ending = endingStages.map((stage) => `'${stage}'`).join(', ')
  return orders
    .all<{ day: string; first_seen: number; orders: number }>(
      `SELECT substr(placed_at, 1, 10) AS day, created_at IS NULL AS first_seen, count(*) AS orders FROM orders
       WHERE account = ? AND type = ? AND placed_at >= ? AND (stage NOT IN (${ending}) OR changed_at > ?)
         AND NOT EXISTS (SELECT 1 FROM absences a WHERE a.order_id = orders.id AND a.pull_order = orders.pull_order
           AND a.gone_at IS NOT NULL)
       GROUP BY 1, 2 ORDER BY 1 LIMIT 1000`,
      [account, typeNumber(type), since, now - quietUntilFinalMs],
    )
    .map((row) => ({ day: row.day, firstSeen: row.first_seen === 1, orders: row.orders }))
}

function readReads({ orders }: Session, account: number | null, { type, since }: Input): ReadWindow[] {
  return orders.all<ReadWindow>(
    `SELECT q.range_from AS "from", q.range_to AS "to", m.merged_at AS at
     FROM merged_replies m JOIN requests q ON q.id = m.request
     WHERE m.account = ? AND m.merged_at >= ? AND m.outcome = 'understood' AND q.type = ? AND q.channel = 'sync'
       AND q.range_from IS NOT NULL AND q.range_to IS NOT NULL AND q.state = 'answered'
     ORDER BY m.merged_at DESC LIMIT ?`,
    [account, fromBeijing(`${since} 00:00:00`), typeNumber(type), readsListed],
  )
}

/** Both purposes draw on one share of the quota. */
function callsToday({ orders }: Session, account: number | null, now: number): number {
  const midnight = fromBeijing(`${beijingDay(now)} 00:00:00`)
  const row = orders.get<{ calls: number }>(
    `SELECT coalesce(sum(requests), 0) AS calls FROM sync_runs
     WHERE account = ? AND started_at >= ? AND purpose IN ('followUp', 'reconcile')`,
    [account, midnight],
  )
  return row?.calls ?? 0
}

function lastRound(
  { orders }: Session,
  account: number | null,
  { type }: Input,
  purpose: 'followUp' | 'reconcile',
  complete: boolean,
): number | null {
  const row = orders.get<{ at: number | null }>(
    `SELECT max(${complete ? 'ended_at' : 'started_at'}) AS at FROM sync_runs
     WHERE account = ? AND type = ? AND purpose = ? AND complete >= ?`,
    [account, typeNumber(type), purpose, complete ? 1 : 0],
  )
  return row?.at ?? null
}

function firstComplete({ orders }: Session, account: number | null, { type }: Input): number | null {
  const row = orders.get<{ at: number | null }>(
    `SELECT min(ended_at) AS at FROM sync_runs WHERE account = ? AND type = ? AND ${completeSync}`,
    [account, typeNumber(type)],
  )
  return row?.at ?? null
}

import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { fromBeijing, toBeijing } from '#domain/beijing-time.ts'
import { endingStages, quietUntilFinalMs } from '#domain/finality.ts'
import type { ReadWindow } from '#domain/follow-up.ts'
import type { Connection, Value } from './connection.ts'
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
    lastRoundAt: lastRound(session, account, input, 'followUp', false),
    lastReconcileAt: lastRound(session, account, input, 'reconcile', true),
    firstCompleteAt: firstComplete(session, account, input),
  }
}

/**
 * `placed_at` is the creation time, or when the order was first seen where the upstream gave none. No order changed
 * before it was placed, so one placed within the quiet time is not final whatever its stage: those, and all that do not
 * end, are counted by an index alone.
 */
function readDays({ orders }: Session, account: number | null, { type, since, now }: Input): Facts['days'] {
  const of: Value[] = [account, since, typeNumber(type)]
  const quietSince = now - quietUntilFinalMs
  const quietDay = toBeijing(quietSince)
  const young = `stage NOT IN (${ending}) OR placed_at > ?`
  const old = `stage IN (${ending}) AND placed_at <= ? AND changed_at > ?`
  const all = new Days()
  all.add(countDays(orders, 'orders_by_placed', young, [...of, quietDay]), 1)
  all.add(countDays(orders, 'orders_by_placed', old, [...of, quietDay, quietSince]), 1)
  const seen = new Days()
  const unfinished = `created_at IS NULL AND (stage NOT IN (${ending}) OR changed_at > ?)`
  seen.add(countDays(orders, 'orders_without_creation', unfinished, [...of, quietSince]), 1)
  all.add(seen.list(), -1)
  all.add(goneDays(orders, [...of, quietSince]), -1)
  const days = [
    ...all.list(),
    ...seen.list().map(({ day, orders: count }) => ({ day, firstSeen: true, orders: count })),
  ]
  return days.filter((day) => day.orders > 0).slice(0, 1_000)
}

const ending = endingStages.map((stage) => `'${stage}'`).join(', ')

type DayCount = Facts['days'][number]

/** Counts by day that can be taken off again. */
class Days {
  readonly #counts = new Map<string, number>()

  add(days: readonly Pick<DayCount, 'day' | 'orders'>[], times: 1 | -1): void {
    for (const { day, orders } of days) this.#counts.set(day, (this.#counts.get(day) ?? 0) + times * orders)
  }

  list(): DayCount[] {
    return [...this.#counts].map(([day, orders]) => ({ day, firstSeen: false, orders }))
  }
}

/** `index` and `condition` are our own text. */
function countDays(orders: Connection, index: string, condition: string, values: readonly Value[]): DayCount[] {
  return orders.all<DayCount>(
    `SELECT substr(placed_at, 1, 10) AS day, count(*) AS orders FROM orders INDEXED BY ${index}
     WHERE account = ? AND placed_at >= ? AND type = ? AND (${condition}) GROUP BY 1`,
    values,
  )
}

/** CROSS JOIN keeps SQLite from starting with the orders: the absences are few. */
function goneDays(orders: Connection, values: readonly Value[]): DayCount[] {
  return orders.all<DayCount>(
    `SELECT substr(placed_at, 1, 10) AS day, count(*) AS orders FROM absences a CROSS JOIN orders o ON o.id = a.order_id
     WHERE a.gone_at IS NOT NULL AND a.pull_order = o.pull_order AND account = ? AND placed_at >= ? AND type = ?
       AND created_at IS NOT NULL AND (stage NOT IN (${ending}) OR changed_at > ?) GROUP BY 1`,
    values,
  )
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

/** By the attempts themselves, so that they are those of every account of the key, on the day the server saw them. */
export function followUpCalls(
  { orders }: Session,
  { keyFingerprint, day }: InputOf<DatabaseRoutes['quota.followUp']>,
): number {
  const row = orders.get<{ calls: number }>(
    `SELECT count(*) AS calls FROM attempts t JOIN requests q ON q.id = t.request JOIN sync_runs r ON r.id = q.run
     WHERE t.key_fingerprint = ? AND t.day = ? AND r.purpose IN ('followUp', 'reconcile')`,
    [keyFingerprint, day],
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

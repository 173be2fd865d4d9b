import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { endingStages, quietUntilFinalMs } from '#domain/finality.ts'
import { listOpenRequests } from './requests.ts'
import { listRuns } from './runs.ts'
import { findAccount, typeNumber, type Session } from './session.ts'
import { listUnread } from './unread-ranges.ts'

/** Only a run that asked for everything new counts; a range that the merchant chose or a repair says nothing of today. */
const completeOfAnyChannel = `complete = 1 AND purpose IN ('sync', 'firstSync', 'catchUp')`
export const completeSync = `channel = 'sync' AND ${completeOfAnyChannel}`
/** Enough to tell "three in a row" from fewer. */
const repliesLookedAt = 50

export function readFacts(
  session: Session,
  { accountId, type, channel = 'sync' }: InputOf<DatabaseRoutes['sync.facts']>,
): OutputOf<DatabaseRoutes['sync.facts']> {
  const { orders, clock } = session
  const account = findAccount(orders, accountId)
  const ending = endingStages.map((stage) => `'${stage}'`).join(', ')
  const unfinished = orders.get<{ placed_at: string }>(
    `SELECT placed_at FROM orders INDEXED BY orders_by_placed WHERE account = ? AND type = ?
     AND (stage NOT IN (${ending}) OR changed_at > ?) ORDER BY placed_at LIMIT 1`,
    [account, typeNumber(type), clock.now() - quietUntilFinalMs],
  )
  const last = orders.get<{ at: number | null }>(
    `SELECT max(ended_at) AS at FROM sync_runs WHERE account = ? AND type = ? AND channel = ?
     AND ${completeOfAnyChannel}`,
    [account, typeNumber(type), channel],
  )
  return { lastCompleteAt: last?.at ?? null, oldestUnfinished: unfinished?.placed_at ?? null }
}

export function readSummary(session: Session, accountId: string): OutputOf<DatabaseRoutes['sync.summary']> {
  const account = findAccount(session.orders, accountId)
  const last = session.orders.get<{ at: number | null }>(
    `SELECT max(ended_at) AS at FROM sync_runs WHERE account = ? AND ${completeSync}`,
    [account],
  )
  return {
    lastCompleteAt: last?.at ?? null,
    lastRuns: listRuns(session, { accountId, before: null, count: 4 }),
    openRequests: listOpenRequests(session, accountId).length,
    unclearInARow: unclearInARow(session, account),
    unread: listUnread(session, account),
  }
}

/** Refusals neither count nor break the row: they say nothing about the codes. */
function unclearInARow({ orders }: Session, account: number | null): number {
  const outcomes = orders.column<string>(
    `SELECT outcome FROM merged_replies WHERE account = ? AND outcome <> 'refused' ORDER BY pull_order DESC LIMIT ?`,
    [account, repliesLookedAt],
  )
  const understood = outcomes.findIndex((outcome) => outcome !== 'unclear')
  return understood === -1 ? outcomes.length : understood
}

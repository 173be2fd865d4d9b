import type { Run } from '#shared/contract/sync.ts'
import type { Database } from '../upstream/attempt.ts'
import { groupOpen, planRepair } from './plan-repair.ts'
import { SyncRun, type RunContext } from './run.ts'

/** Replies that are durable but were not merged before the app ended: merged first, in the order they were asked. */
export async function mergeUnmerged(database: Database, accountId: string, now: () => number): Promise<void> {
  const unmerged = await database.call('replies.listUnmerged', {})
  for (const reply of unmerged.filter((one) => one.accountId === accountId))
    await database.call('replies.merge', { replyId: reply.replyId, at: now() })
}

/**
 * Settles what an earlier run or process left unknown: merges what arrived, then asks by range for what may have been
 * delivered and did not arrive. A repair that fails leaves its requests open for the next time; it never stops a sync,
 * because an incremental call loses nothing while the old request stays open.
 */
export async function recover(context: RunContext): Promise<Run[]> {
  const { database, account, clock, signal } = context
  await mergeUnmerged(database, account.id, () => clock.now())
  const open = await database.call('requests.listOpen', { accountId: account.id })
  const runs: Run[] = []
  for (const { type, channel, requests } of groupOpen(open)) {
    if (signal.aborted) break
    const { oldestUnfinished } = await database.call('sync.facts', { accountId: account.id, type })
    const plan = () => planRepair(requests, { oldestUnfinished, now: clock.now() })
    runs.push(await new SyncRun(context, type, channel).perform(plan))
  }
  return runs
}

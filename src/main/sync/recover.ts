import type { Run } from '#shared/contract/sync.ts'
import { groupOpen, planRepair } from './plan-repair.ts'
import { SyncRun, type RunContext } from './run.ts'

/**
 * Replies that are durable but were not merged before the app ended: merged first, in the order they were asked. One
 * that cannot be merged is no reason to stop: its request stays open, so the range that repairs it brings the same.
 */
async function mergeUnmerged({ database, account, clock, warn }: RunContext): Promise<void> {
  const unmerged = await database.call('replies.listUnmerged', {})
  for (const { replyId } of unmerged.filter(({ accountId }) => accountId === account.id))
    await database.call('replies.merge', { replyId, at: clock.now() }).catch((thrown: unknown) => {
      warn('a stored reply could not be merged', thrown)
    })
}

/**
 * Settles what an earlier run or process left unknown: merges what arrived, then asks by range for what may have been
 * delivered and did not arrive. A repair that fails leaves its requests open for the next time; it never stops a sync,
 * because an incremental call loses nothing while the old request stays open.
 */
export async function recover(context: RunContext): Promise<Run[]> {
  const { database, account, clock, signal } = context
  await mergeUnmerged(context)
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

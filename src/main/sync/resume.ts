import type { Run, UnreadRange } from '#shared/contract/sync.ts'
import { channels, orderTypes } from '#domain/vocabulary.ts'
import { planResume } from './plan-sync.ts'
import { SyncRun, type RunContext } from './run.ts'

/**
 * Reads what a cancelled or failed range left unread, a run for each order type and channel. What the upstream refuses
 * as bad parameters is dropped: it would be refused every time.
 */
export async function resume(context: RunContext): Promise<Run[]> {
  const { database, account, clock, signal } = context
  const { unread } = await database.call('sync.summary', { accountId: account.id })
  const runs: Run[] = []
  for (const ranges of groupUnread(unread)) {
    const [first] = ranges
    if (signal.aborted || first === undefined) break
    const wanted = ranges.map(({ range }) => range)
    const run = await new SyncRun(context, first.type, first.channel).perform(() => planResume(wanted, clock.now()))
    runs.push(run)
    if (run.error?.code === 'badParameters') await database.call('ranges.drop', { accountId: account.id })
    if (!wentWell([run])) break
  }
  return runs
}

function groupUnread(unread: readonly UnreadRange[]): UnreadRange[][] {
  return orderTypes
    .flatMap((type) => channels.map((channel) => unread.filter((one) => one.type === type && one.channel === channel)))
    .filter((ranges) => ranges.length > 0)
}

/** Nothing went wrong that would only go wrong again. */
export function wentWell(runs: readonly Run[]): boolean {
  return runs.every(({ outcome }) => outcome === 'understood' || outcome === 'unclear')
}

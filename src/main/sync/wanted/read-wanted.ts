import type { Run } from '#shared/contract/sync.ts'
import { ofRanges } from '../plan-sync.ts'
import { SyncRun, type RunContext } from '../run.ts'
import { wantedRange } from './plan-wanted.ts'

/**
 * Reads by channel 1 what is known in part only: orders that a status callback told of, and orders that pushes speak
 * of. A push tells no type, so every type is read for it. What could not be read is wanted as before.
 */
export async function readWanted(context: RunContext): Promise<Run[]> {
  const { database, account, clock, signal } = context
  const wanted = await database.call('wanted.list', { accountId: account.id })
  const heardBefore = clock.now()
  const runs: Run[] = []
  for (const type of account.types) {
    const range = wantedRange(
      wanted.filter((one) => one.type === null || one.type === type),
      heardBefore,
    )
    if (range === null) continue
    if (signal.aborted) return runs
    const run = await new SyncRun(context, type, 'sync').perform(() => ofRanges('fullRead', [range]))
    runs.push(run)
    if (run.outcome !== 'understood') return runs
  }
  const types = [...account.types]
  if (runs.length > 0) await database.call('wanted.noteRead', { accountId: account.id, types, heardBefore })
  return runs
}

import type { Account } from '#shared/contract/accounts.ts'
import type { ErrorCode } from '#shared/errors.ts'
import type { SyncContext } from './create-sync.ts'

/** The everyday sync: all of the account's order types, incremental. `tell` hears of the first failure. */
export async function startSync(sync: SyncContext, account: Account, tell: (code: ErrorCode) => void): Promise<void> {
  const { ended } = await sync.press(account.id, { types: [...account.types], channel: 'sync', range: null })
  const error = ended?.error ?? ended?.runs.find((run) => run.error !== null)?.error
  if (error && error.code !== 'cancelled') tell(error.code)
}

import type { Account } from '#shared/contract/accounts.ts'
import { AppError } from '#shared/errors.ts'
import type { SyncContext } from './create-sync.ts'

/** The everyday sync: all of the account's order types, incremental. `tell` hears of the first failure. */
export async function startSync(sync: SyncContext, account: Account, tell: (error: AppError) => void): Promise<void> {
  const { ended } = await sync.press(account.id, { types: [...account.types], channel: 'sync', range: null })
  const error = ended?.error ?? ended?.runs.find((run) => run.error !== null)?.error
  if (error && error.code !== 'cancelled') tell(new AppError(error.code))
}

import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'

/** Today's calls of the account's key, over all its accounts. Asks the upstream nothing. */
export async function showQuota(services: Services, command: CommandNamed<'quota'>): Promise<CommandResult> {
  const { id } = services.accounts.byLabel(command.account)
  // Opened first: a locked vault is an error here, where a page would only show no count.
  await services.databases.forAccount(id)
  const { used, limit, resetsAt } = await services.sync.quota(id)
  return done({ used, limit, resetsAt })
}

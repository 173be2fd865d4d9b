import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'

/** Today's calls of the account's key, over all its accounts. Asks the upstream nothing. */
export async function showQuota(services: Services, command: CommandNamed<'quota'>): Promise<CommandResult> {
  const { used, limit, resetsAt } = await services.sync.quota(services.accounts.byLabel(command.account).id)
  return done({ used, limit, resetsAt })
}

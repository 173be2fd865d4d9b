import { toAppError } from '#shared/errors.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import type { CommandResult } from '../command-result.ts'
import { printedError } from '../error-message.ts'
import { exitCodeOfError } from '../exit-code.ts'
import { resultOfRuns } from '../printed-runs.ts'

/** Syncs and prints one entry a run, beside the error where one failed. */
export async function syncAccount(
  services: Services,
  command: CommandNamed<'sync'>,
  signal: AbortSignal,
): Promise<CommandResult> {
  const { locale } = services.settings.get()
  const account = services.accounts.byLabel(command.account)
  const types = command.type === null ? account.types : [command.type]
  try {
    const input = { accountId: account.id, types, channel: command.channel, range: command.range }
    const runs = await services.sync.start(input, { signal, progress: () => undefined })
    // Who only ever uses commands has backups too.
    if (!account.practice) await services.backups.daily()
    return resultOfRuns(runs, locale)
  } catch (thrown) {
    const error = toAppError(thrown)
    return { exitCode: exitCodeOfError(error.code), line: { ok: false, error: printedError(locale, error), runs: [] } }
  }
}

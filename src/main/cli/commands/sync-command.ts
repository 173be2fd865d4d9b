import type { OrderType } from '#domain/vocabulary.ts'
import type { Locale } from '#shared/contract/settings.ts'
import type { Run } from '#shared/contract/sync.ts'
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
    const result = resultOfRuns(runs, locale)
    return result.line.ok && !types.every((type) => runs.some((run) => isOf(run, type)))
      ? cancelled(result, locale)
      : result
  } catch (thrown) {
    const error = toAppError(thrown)
    return { exitCode: exitCodeOfError(error.code), line: { ok: false, error: printedError(locale, error), runs: [] } }
  }
}

/** The sync's own run of a type; a repair that came before it is none. */
function isOf(run: Run, type: OrderType): boolean {
  return run.type === type && run.purpose !== 'repair'
}

/** Stopped between two runs: each of them is well, but not all that was asked for was done. */
function cancelled({ line }: CommandResult, locale: Locale): CommandResult {
  const error = { code: 'cancelled' as const, data: {} }
  return {
    exitCode: exitCodeOfError(error.code),
    line: { ...line, ok: false, error: printedError(locale, error) },
  }
}

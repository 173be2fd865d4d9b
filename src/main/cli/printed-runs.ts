import type { Run } from '#shared/contract/sync.ts'
import type { Locale } from '#shared/contract/settings.ts'
import type { CommandResult } from './command-result.ts'
import { printedError } from './error-message.ts'
import { decidingRun, exitCodeOfRun, exitCodes } from './exit-code.ts'

/** One entry a run, beside the error where one failed, and what else the command came to. */
export function resultOfRuns(
  runs: readonly Run[],
  locale: Locale,
  values: Readonly<Record<string, unknown>> = {},
): CommandResult {
  const printed = runs.map((run) => ({
    type: run.type,
    channel: run.channel,
    requests: run.requests,
    received: run.received,
    new: run.new,
    changed: run.changed,
    unchanged: run.unchanged,
    unreadable: run.unreadable,
    outcome: run.outcome,
    said: run.said,
    error: run.error === null ? null : printedError(locale, run.error),
  }))
  const deciding = decidingRun(runs)
  if (deciding !== null) {
    const code = deciding.outcome === 'cancelled' ? ('cancelled' as const) : ('internal' as const)
    const error = printedError(locale, deciding.error ?? { code, data: {} })
    return { exitCode: exitCodeOfRun(deciding), line: { ok: false, error, ...values, runs: printed } }
  }
  const exitCode = runs.some((run) => run.unreadable > 0) ? exitCodes.someUnreadable : exitCodes.ok
  return { exitCode, line: { ok: true, ...values, runs: printed } }
}

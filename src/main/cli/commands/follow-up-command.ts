import { toBeijing } from '#domain/beijing-time.ts'
import { toAppError } from '#shared/errors.ts'
import type { FollowUpState } from '#shared/contract/sync.ts'
import type { Services } from '../../services.ts'
import type { CommandNamed } from '../command.ts'
import { done, type CommandResult } from '../command-result.ts'
import { printedError } from '../error-message.ts'
import { exitCodeOfError } from '../exit-code.ts'
import { resultOfRuns } from '../printed-runs.ts'

/** One round over everything that is followed; with `--plan` what it would ask, and nothing is asked. */
export async function followUp(
  services: Services,
  command: CommandNamed<'follow-up'>,
  signal: AbortSignal,
): Promise<CommandResult> {
  const { id } = services.accounts.byLabel(command.account)
  if (command.plan) return done(printedPlan(await services.followUp.state(id)))
  const { locale } = services.settings.get()
  try {
    return resultOfRuns(await services.followUp.round(id, 'all', { signal }), locale)
  } catch (thrown) {
    const error = toAppError(thrown)
    return { exitCode: exitCodeOfError(error.code), line: { ok: false, error: printedError(locale, error), runs: [] } }
  }
}

/** Syncs, then reads the last 30 days again: what that finds, the sync had missed. */
export async function reconcile(
  services: Services,
  command: CommandNamed<'reconcile'>,
  signal: AbortSignal,
): Promise<CommandResult> {
  const { id } = services.accounts.byLabel(command.account)
  const { locale } = services.settings.get()
  try {
    const { runs, report } = await services.followUp.reconcile(id, { signal })
    const orders = report.findings.map(({ kind, type, orderNo, stage }) => ({ kind, type, orderNo, stage }))
    const at = report.at === null ? null : toBeijing(report.at)
    const missed = { at, new: report.new, changed: report.changed, gone: report.gone, orders }
    return resultOfRuns(runs, locale, { missed })
  } catch (thrown) {
    const error = toAppError(thrown)
    return { exitCode: exitCodeOfError(error.code), line: { ok: false, error: printedError(locale, error), runs: [] } }
  }
}

function printedPlan(state: FollowUpState) {
  const { on, meaning, daily, weekly, calls, callsOfAll, callsLeft } = state
  return {
    on,
    meaning,
    daily,
    weekly,
    nextAt: beijingOrNull(state.nextAt),
    calls,
    windows: state.windows.map(({ type, range }) => ({ type, ...range })),
    callsOfAll,
    callsLeft,
    lastRoundAt: beijingOrNull(state.lastRoundAt),
    lastReconcileAt: beijingOrNull(state.lastReconcileAt),
    nextReconcileAt: beijingOrNull(state.nextReconcileAt),
  }
}

function beijingOrNull(at: number | null): string | null {
  return at === null ? null : toBeijing(at)
}

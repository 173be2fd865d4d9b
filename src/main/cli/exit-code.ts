import type { Run } from '#shared/contract/sync.ts'
import type { ErrorCode } from '#shared/errors.ts'

/** What scripts can rely on. `ok` is true exactly for `ok` and `someUnreadable`. */
export const exitCodes = {
  ok: 0,
  anythingElse: 1,
  usage: 2,
  refused: 3,
  quotaUsed: 4,
  network: 5,
  someUnreadable: 6,
} as const
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

const byError: Partial<Record<ErrorCode, ExitCode>> = {
  usage: exitCodes.usage,
  unauthorised: exitCodes.refused,
  badParameters: exitCodes.refused,
  upstreamRefused: exitCodes.refused,
  upstreamFault: exitCodes.refused,
  tooFast: exitCodes.refused,
  quotaUsed: exitCodes.quotaUsed,
  network: exitCodes.network,
  timeout: exitCodes.network,
  tls: exitCodes.network,
}

export function exitCodeOfError(code: ErrorCode): ExitCode {
  return byError[code] ?? exitCodes.anythingElse
}

/** Of several failed runs, the one whose exit comes first in this order decides. */
const gravest: readonly ExitCode[] = [exitCodes.quotaUsed, exitCodes.refused, exitCodes.network, exitCodes.anythingElse]

/** The run that decides how the whole sync is told, or null when none failed. */
export function decidingRun(runs: readonly Run[]): Run | null {
  const failed = runs.filter(hasFailed)
  for (const code of gravest) {
    const run = failed.find((candidate) => exitCodeOfRun(candidate) === code)
    if (run !== undefined) return run
  }
  return null
}

/** A reply that was unclear is no failure: the merchant looks at what the upstream said. */
function hasFailed(run: Run): boolean {
  return run.error !== null || !(run.outcome === 'understood' || run.outcome === 'unclear')
}

export function exitCodeOfRun(run: Run): ExitCode {
  if (!hasFailed(run)) return run.unreadable > 0 ? exitCodes.someUnreadable : exitCodes.ok
  const code = run.error === null ? exitCodes.anythingElse : exitCodeOfError(run.error.code)
  return code === exitCodes.anythingElse && run.outcome === 'refused' ? exitCodes.refused : code
}

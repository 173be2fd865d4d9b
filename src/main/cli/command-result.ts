import { exitCodes, type ExitCode } from './exit-code.ts'

/** What a command comes to: the one line on standard output and the exit code. */
export interface CommandResult {
  readonly exitCode: ExitCode
  readonly line: Readonly<Record<string, unknown>> & { readonly ok: boolean }
}

export function done(values: Readonly<Record<string, unknown>>): CommandResult {
  return { exitCode: exitCodes.ok, line: { ok: true, ...values } }
}

import type { Writable } from 'node:stream'
import { toAppError, type AppError } from '#shared/errors.ts'
import { translate } from '#shared/locales/index.ts'
import type { Services } from '../services.ts'
import type { Command } from './command.ts'
import { done, type CommandResult } from './command-result.ts'
import { addAccount, listAccounts, removeAccount } from './commands/account-commands.ts'
import { backUp, restore } from './commands/backup-commands.ts'
import { exportOrders } from './commands/export-command.ts'
import { followUp, reconcile } from './commands/follow-up-command.ts'
import { rerunMapping, setMapping, showMapping } from './commands/mapping-commands.ts'
import { showHistory } from './commands/history-command.ts'
import { receive } from './commands/receiver-command.ts'
import { showQuota } from './commands/quota-command.ts'
import { syncAccount } from './commands/sync-command.ts'
import { printedError } from './error-message.ts'
import { exitCodeOfError, exitCodes } from './exit-code.ts'
import { parseArguments } from './parse-arguments.ts'
import { tellClock } from './tell-clock.ts'
import { usageError } from './usage-error.ts'

export interface CommandIo {
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly stdout: Writable
  readonly stderr: Writable
  /** What relative file names are relative to. */
  readonly cwd: string
  /** Aborted when the person stops the command. */
  readonly signal: AbortSignal
}

/** With the means to print the one line before the command has ended. */
interface RunningIo extends CommandIo {
  announce(result: CommandResult): Promise<void>
}

/**
 * Runs one command without a window: starts the services, prints exactly one JSON line on standard output, stops the
 * services and resolves to the exit code. Never rejects.
 *
 * @param words the command and its options, without `--data-dir` and Chromium's switches
 * @param problem what was wrong with those, from reading the arguments; null: nothing
 */
export async function runCommand(
  words: readonly string[],
  services: Services,
  io: CommandIo,
  problem: string | null = null,
): Promise<number> {
  let printed = false
  const announce = async ({ line }: CommandResult): Promise<void> => {
    printed = true
    await print(io.stdout, JSON.stringify(line))
  }
  const endTelling = tellClock(services, io.stderr)
  const result = await resultOf(words, services, { ...io, announce }, problem).catch((thrown: unknown) =>
    failed(services, toAppError(thrown)),
  )
  endTelling()
  const stopped = await services.stop().then(
    () => null,
    (thrown: unknown) => failed(services, toAppError(thrown)),
  )
  const { line, exitCode } = result.line.ok && stopped !== null ? stopped : result
  if (exitCode === exitCodes.usage) await print(io.stderr, usageText(services))
  // What runs until it is stopped has printed its line already; how it ended is told beside it.
  if (!printed) await print(io.stdout, JSON.stringify(line))
  else if (!line.ok) await print(io.stderr, JSON.stringify(line))
  return exitCode
}

async function resultOf(
  words: readonly string[],
  services: Services,
  io: RunningIo,
  problem: string | null,
): Promise<CommandResult> {
  if (problem !== null) throw usageError('noValue', '--data-dir')
  const command = parseArguments(words)
  if (command.name === 'help') return done({ usage: usageText(services).split('\n') })
  await services.start()
  return run(command, services, io)
}

function run(
  command: Exclude<Command, { name: 'help' }>,
  services: Services,
  io: RunningIo,
): Promise<CommandResult> | CommandResult {
  switch (command.name) {
    case 'account list':
      return listAccounts(services)
    case 'account add':
      return addAccount(services, io.stdin)
    case 'account remove':
      return removeAccount(services, command)
    case 'sync':
      return syncAccount(services, command, io.signal)
    case 'export':
      return exportOrders(services, command, io)
    case 'history':
      return showHistory(services, command)
    case 'quota':
      return showQuota(services, command)
    case 'backup':
      return backUp(services, command, io)
    case 'restore':
      return restore(services, command, io)
    case 'follow-up':
      return followUp(services, command, io.signal)
    case 'mapping show':
      return showMapping(services, command)
    case 'mapping set':
      return setMapping(services, command, io)
    case 'mapping rerun':
      return rerunMapping(services, command, io.signal)
    case 'reconcile':
      return reconcile(services, command, io.signal)
    case 'receiver':
      return receive(services, command, io)
  }
}

function failed(services: Services, error: AppError): CommandResult {
  const line = { ok: false, error: printedError(localeOf(services), error) }
  return { exitCode: exitCodeOfError(error.code), line }
}

/** Even when the settings cannot be read, the error must be told. */
function localeOf(services: Services): 'zh-CN' | 'en' {
  try {
    return services.settings.get().locale
  } catch {
    return 'en'
  }
}

function usageText(services: Services): string {
  return translate(localeOf(services), 'native.cli.usage')
}

function print(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve) => stream.write(`${text}\n`, () => resolve()))
}

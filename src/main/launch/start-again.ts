import { spawn, spawnSync } from 'node:child_process'
import { sortArguments } from './launch-options.ts'
import { onStopSignal } from './stop-signals.ts'

/**
 * To Chromium `--type` is the mark of a child process: with our `--type own` among its switches its network never
 * answers, and no script can take it back. The same arguments with ours behind `--`, where Chromium does not read;
 * null: they can stay as they are.
 */
export function argumentsForStartingAgain(
  argv: readonly string[],
  isAppPath: (argument: string) => boolean,
): string[] | null {
  const end = argv.indexOf('--')
  if (!(end === -1 ? argv : argv.slice(0, end)).includes('--type')) return null
  const { electron, chromium, ours } = sortArguments(argv, isAppPath)
  return [...electron, ...chromium, '--', ...ours]
}

/** Runs the same executable with these arguments in its place: same input, output and process group, its exit code. */
export function startAgain(args: readonly string[], ready: Promise<unknown>): void {
  const child = spawn(process.execPath, args, { stdio: 'inherit' })
  void ready.then(() => onStopSignal((signal) => child.kill(signal)))
  child.once('error', () => endAtOnce(1))
  child.once('close', (code) => endAtOnce(code ?? 1))
}

/** The same for a process that has no time left: it waits for the other here and now. */
export function startAgainAtOnce(args: readonly string[]): void {
  endAtOnce(spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1)
}

/** Not process.exit, which Electron turns into an orderly end: that would wait for the network that never answers. */
function endAtOnce(exitCode: number): void {
  ;(process as NodeJS.Process & { reallyExit(code: number): void }).reallyExit(exitCode)
}

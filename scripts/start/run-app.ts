import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process'
import { constants } from 'node:os'
import { whenOrphaned } from '#practice/when-orphaned.ts'
import type { Runtime } from '../runtime/resolve-runtime.ts'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface RunOptions {
  env?: Readonly<Record<string, string>>
  stdio?: StdioOptions
}

/** Starts the built app in this process's own group; signals sent to this process are passed on to it, and it ends with npm. */
export function startApp(runtime: Runtime, args: readonly string[], options: RunOptions = {}): ChildProcess {
  const app = spawn(runtime.executable, [...runtime.args, ...args], {
    stdio: options.stdio ?? 'inherit',
    env: { ...process.env, ...runtime.env, ...options.env },
  })
  const forward = (signal: NodeJS.Signals): void => void app.kill(signal)
  for (const signal of passedOn) process.on(signal, forward)
  const endWatch = whenOrphaned(() => forward('SIGTERM'))
  app.once('close', () => {
    endWatch()
    for (const signal of passedOn) process.removeListener(signal, forward)
  })
  return app
}

/** The app's exit code once it has ended; 128 + the signal's number where a signal ended it, as shells have it. */
export function exitOf(app: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    app.once('error', reject)
    app.once('close', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}

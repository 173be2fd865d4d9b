import { app } from 'electron'
import { AppError } from '#shared/errors.ts'
import { runCommand } from './cli/run-command.ts'
import type { LaunchOptions } from './launch/launch-options.ts'
import { onStopSignal } from './launch/stop-signals.ts'
import type { Services } from './services.ts'

/** Runs the command that was given and ends the app with its exit code. No window, no dock icon. */
export async function runCommandApp(launch: LaunchOptions, services: Services): Promise<void> {
  app.dock?.hide()
  const stopped = new AbortController()
  const stop = (): void => stopped.abort(new AppError('cancelled'))
  onStopSignal(stop)
  app.on('before-quit', (event) => {
    event.preventDefault()
    stop()
  })
  const { stdin, stdout, stderr } = process
  const io = { stdin, stdout, stderr, cwd: process.cwd(), signal: stopped.signal }
  app.exit(await runCommand(launch.command, services, io, launch.problem))
}

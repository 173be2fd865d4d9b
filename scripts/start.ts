import { readLaunchOptions } from '#main/launch/launch-options.ts'
import { withoutDisplay } from '#main/launch/without-display.ts'
import { say } from './runtime/project.ts'
import { resolveRuntime, type Runtime } from './runtime/resolve-runtime.ts'
import { runScript } from './runtime/run-script.ts'
import { hasDisplay, startVirtualDisplay } from './runtime/virtual-display.ts'
import { appArguments } from './start/app-arguments.ts'
import { exitOf, startApp } from './start/run-app.ts'
import { showPractice } from './start/show-practice.ts'

/**
 * `npm start -- …`: opens the built app, or runs one of its commands. Arguments and standard input are passed on, the
 * exit code is passed back. Where there is no display a command needs none, and a window gets a virtual one.
 */
async function start(given: readonly string[]): Promise<number> {
  const runtime = await resolveRuntime()
  const args = appArguments(given)
  if (hasDisplay()) return exitOf(startApp(runtime, args))
  const { command, practice } = readLaunchOptions(['', ...args])
  if (command.length > 0) return exitOf(startApp(runtime, [...withoutDisplay, ...args]))
  return practice ? showPractice(runtime, args) : runUnseen(runtime, args)
}

async function runUnseen(runtime: Runtime, args: readonly string[]): Promise<number> {
  const display = await startVirtualDisplay()
  say(`There is no display here: the window is open on a virtual one (DISPLAY=${display.name}).`)
  try {
    return await exitOf(startApp(runtime, args, { env: { DISPLAY: display.name } }))
  } finally {
    await display.stop()
  }
}

await runScript(() => start(process.argv.slice(2)))

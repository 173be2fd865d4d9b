import { childEnvironment, type LaunchedProcess, type LaunchOptions } from './launched-process.ts'
import { logLines } from './log-lines.ts'

/** Starts a script as Electron's utilityProcess. Electron is imported only here, so that plain Node can load the rest. */
export async function launchUtility<Out, In>(
  script: string,
  args: readonly string[],
  options: LaunchOptions,
): Promise<LaunchedProcess<Out, In>> {
  const { utilityProcess } = await import('electron')
  const child = utilityProcess.fork(script, [...args], {
    serviceName: options.name,
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  logLines(child.stdout, options.log)
  logLines(child.stderr, options.log)
  let running = true
  const exited = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running = false
      resolve(code)
    }),
  )
  return {
    kind: 'utility',
    get pid() {
      return child.pid
    },
    exited,
    // Its channel has no end of its own; Electron asks the process to terminate.
    end: () => void child.kill(),
    kill: () => void child.kill(),
    port: {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin
      send: (message) => void (running && child.postMessage(message)),
      onMessage: (listener) => void child.on('message', (message: unknown) => listener(message as In)),
      onClose: (listener) => void exited.then(() => listener()),
    },
  }
}

import { fork } from 'node:child_process'
import { childEnvironment, type LaunchedProcess, type LaunchOptions } from './launched-process.ts'
import { logLines } from './log-lines.ts'

/**
 * Starts a script in plain Node. Not detached: the child stays in the process group of whoever started the app, and
 * its channel closes with this process however that ends.
 */
export function launchNode<Out, In>(
  script: string,
  args: readonly string[],
  options: LaunchOptions,
): LaunchedProcess<Out, In> {
  const child = fork(script, args, {
    execPath: options.nodeExecutable ?? process.execPath,
    execArgv: [...(options.execArgv ?? [])],
    serialization: 'advanced',
    env: childEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  logLines(child.stdout, options.log)
  logLines(child.stderr, options.log)
  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
    child.once('error', (error) => {
      options.log(`${options.name} could not be started: ${error.message}`)
      resolve(null)
    })
  })
  return {
    kind: 'node',
    pid: child.pid,
    exited,
    end: () => void (child.connected && child.disconnect()),
    kill: () => void child.kill('SIGKILL'),
    port: {
      // A child that has just gone rejects the call by closing; the failed send itself says nothing more.
      send: (message) => void (child.connected && child.send(message as object, () => undefined)),
      onMessage: (listener) => void child.on('message', (message) => listener(message as In)),
      onClose: (listener) => {
        let told = false
        const tell = (): void => {
          if (!told) listener()
          told = true
        }
        child.once('disconnect', tell)
        void exited.then(tell)
      },
    },
  }
}

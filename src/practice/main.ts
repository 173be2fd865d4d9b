import { practiceOptionsSchema } from './options.ts'
import { type PracticeGateway, startPracticeGateway } from './gateway.ts'

/**
 * The practice gateway as a child process of the app: options as JSON in the first argument, then one message
 * `{kind: 'ready', url, credentials, controlUrl, controlToken}` or `{kind: 'failed', message}`. It serves a
 * utilityProcess (`process.parentPort`) and a forked Node alike, and ends as soon as the parent's channel closes.
 */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message' | 'close', listener: () => void): void
}

const parentPort = (process as { parentPort?: ParentPort }).parentPort

const tell = (parentPort?.postMessage ?? process.send)?.bind(parentPort ?? process)

function ready({ url, credentials, controlUrl, controlToken }: PracticeGateway): void {
  tell?.({ kind: 'ready', url, credentials, controlUrl, controlToken })
}

process.on('disconnect', () => process.exit(0))
parentPort?.on('close', () => process.exit(0))
// A utility process is kept alive by a listener on its port; messages themselves mean nothing here.
parentPort?.on('message', () => {})

try {
  ready(await startPracticeGateway(practiceOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'))))
} catch (error) {
  tell?.({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  // The message must be out before the process is gone.
  setTimeout(() => process.exit(1), 300)
}

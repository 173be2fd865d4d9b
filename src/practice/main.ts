import { type PracticeGateway, startPracticeGateway } from './gateway.ts'
import { practiceOptionsSchema } from './options.ts'

/**
 * The practice gateway as a child process of the app: options as JSON in the first argument, then one message
 * `{kind: 'ready', url, credentials, controlUrl, controlToken}` or `{kind: 'failed', message}`. One script for a
 * utilityProcess and a forked Node. It ends with its parent: a forked Node by its closed channel, a utility process by
 * Electron itself.
 */
interface UtilityParentPort {
  postMessage(message: unknown): void
}
const { parentPort } = process as { parentPort?: UtilityParentPort }

function tell(message: unknown): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin
  if (parentPort) parentPort.postMessage(message)
  // A parent that has gone meanwhile is no error: the closed channel ends this process.
  else process.send?.(message, undefined, undefined, () => undefined)
}

function ready({ url, credentials, controlUrl, controlToken }: PracticeGateway): void {
  tell({ kind: 'ready', url, credentials, controlUrl, controlToken })
}

process.on('disconnect', () => process.exit(0))
// The terminal's Ctrl+C reaches the whole process group: the parent decides when this process ends.
process.on('SIGINT', () => undefined)

try {
  ready(await startPracticeGateway(practiceOptionsSchema.parse(JSON.parse(process.argv[2] ?? '{}'))))
} catch (error) {
  tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
  // The message must be out before the process is gone.
  setTimeout(() => process.exit(1), 300)
}

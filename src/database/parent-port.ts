import type { Port, Request, Response } from '#shared/rpc/route.ts'

/** What Electron's utilityProcess gives its child; declared here because this script also runs in plain Node. */
interface UtilityParentPort {
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  postMessage(message: unknown): void
}

/**
 * The channel to the process that started this one: utilityProcess's parentPort, or the IPC channel of a plain Node
 * child. Both carry structured clones. Electron ends a utility process by itself when its parent goes.
 */
export function connectParent(): Port<Response, Request> {
  const { parentPort } = process as unknown as { parentPort?: UtilityParentPort }
  if (parentPort !== undefined)
    return {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a MessagePort has no origin
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', (event) => listener(event.data as Request)),
      onClose: (listener) => void process.once('disconnect', listener),
    }
  if (process.send === undefined) throw new Error('this script is started by the app, not by hand')
  const send = process.send.bind(process)
  return {
    // The parent may go at any moment; the disconnect handler deals with that, so a failed send is no error.
    send: (message) => void send(message, undefined, undefined, () => undefined),
    onMessage: (listener) => void process.on('message', (message) => listener(message as Request)),
    onClose: (listener) => void process.once('disconnect', listener),
  }
}

import type { Port, Request, Response } from './route.ts'

/** The one channel on which the window calls main, and the one on which main answers and tells. */
export const callChannel = 'rpc'
export const replyChannel = 'rpc:event'

/** What the preload puts on the page as `window.haoka`: messages of the contract and nothing raw. */
export interface WindowBridge {
  send(message: Request): void
  /** One listener; a later one takes its place. */
  onMessage(listener: (message: Response) => void): void
}

declare global {
  interface Window {
    readonly haoka: WindowBridge
  }
}

/** The bridge as the RPC's port. It lives as long as the page, so it never closes. */
export function windowPort(bridge: WindowBridge): Port<Request, Response> {
  return {
    send: (message) => bridge.send(message),
    onMessage: (listener) => bridge.onMessage(listener),
    onClose: () => undefined,
  }
}

import { bundleHost, bundleScheme } from '../protocol/bundle-path.ts'

/** What must be known of who sent a message. */
export interface Sender {
  /** The frame's address; empty when the frame is gone. */
  readonly url: string
  /** True only for the top frame of the app's own window. */
  readonly mainFrameOfWindow: boolean
}

/** Only our own document in our own window's top frame may call. An empty or odd address is refused, never skipped. */
export function isOwnSender(sender: Sender, devServerUrl: string | null): boolean {
  return sender.mainFrameOfWindow && isOwnPage(sender.url, devServerUrl)
}

/** True for the bundle's pages, and for the dev server's where there is one. */
export function isOwnPage(url: string, devServerUrl: string | null): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, host, origin, username } = new URL(url)
  if (username !== '') return false
  if (protocol === `${bundleScheme}:`) return host === bundleHost
  return devServerUrl !== null && protocol.startsWith('http') && origin === new URL(devServerUrl).origin
}

import { session, type App } from 'electron'

/**
 * fetch for the upstream, over Chromium's network: the system's proxy and certificates hold. Its session lives in
 * memory only, keeps no cookies and no cache, so that every call reaches the server and no reply touches the disk.
 *
 * Chromium sends a call a second time by itself when a connection it has used before breaks before the reply begins.
 * A second incremental call would find the orders already delivered to the first, whose reply is lost. So no
 * connection is used twice; `keepToOneCallAConnection` must have been called as well.
 */
export function upstreamFetch(): typeof fetch {
  const upstream = session.fromPartition('upstream', { cache: false })
  return (input, init) => {
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined))
    headers.set('connection', 'close')
    const options = { ...init, headers, credentials: 'omit', cache: 'no-store' } as const
    return upstream.fetch(input instanceof URL ? input.href : input, options)
  }
}

/** HTTP/2 and QUIC know no `Connection: close`. Before Electron's `ready`. */
export function keepToOneCallAConnection(app: App): void {
  app.commandLine.appendSwitch('disable-http2')
  app.commandLine.appendSwitch('disable-quic')
}

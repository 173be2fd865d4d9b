import { session } from 'electron'

/**
 * fetch for the upstream, over Chromium's network: the system's proxy and certificates hold. Its session lives in
 * memory only, keeps no cookies and no cache, so that every call reaches the server and no reply touches the disk.
 */
export function upstreamFetch(): typeof fetch {
  const upstream = session.fromPartition('upstream', { cache: false })
  return (input, init) =>
    upstream.fetch(input instanceof URL ? input.href : input, { ...init, credentials: 'omit', cache: 'no-store' })
}

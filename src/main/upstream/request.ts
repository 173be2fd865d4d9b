import { httpBuildQuery, signQuery } from '#domain/php-query.ts'
import type { UpstreamAccount } from './account.ts'
import { gatewayUrl } from './gateway.ts'
import { callParameters, type Question } from './parameters.ts'

/** One call, ready to leave. `url` and `body` hold credentials: only `where` may be logged. */
export interface UpstreamCall {
  url: string
  method: 'GET' | 'POST'
  /** The form body of a POST; null for GET, whose query is in the URL. */
  body: string | null
  headers: Readonly<Record<string, string>>
  timeoutMs: number
  /** Host and path. */
  where: string
}

/**
 * Builds the call by hand: the query that is signed is, byte for byte, the query that is sent. Nothing after this may
 * re-encode it (no `searchParams`). Throws gatewayNotAllowed.
 */
export function buildCall(account: UpstreamAccount, question: Question): UpstreamCall {
  const gateway = gatewayUrl(account.gateway)
  const query = httpBuildQuery(callParameters(account, question))
  const get = account.method === 'GET'
  return {
    url: get ? `${gateway.href}?${query}` : gateway.href,
    method: account.method,
    body: get ? null : query,
    headers: {
      // As on the API page, colon and closing semicolon included.
      'content-type': 'application/x-www-form-urlencoded;charset:utf-8;',
      // The page's demo sends the bare address.
      referer: gateway.href,
      ...(account.sk === '' ? {} : { sign: signQuery(query, account.sk) }),
    },
    timeoutMs: account.timeoutMs,
    where: `${gateway.host}${gateway.pathname}`,
  }
}

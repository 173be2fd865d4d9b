import type { ReplyError } from './refusal.ts'

/**
 * What the documented codes say, in the body or as the HTTP status: 403 no permission, 400 bad parameters, 500 server
 * error; besides, HTTP's own 401, 429 and 5xx. null for everything else, success or not.
 */
export function statusError(code: string | number): ReplyError | null {
  const status = typeof code === 'number' ? code : /^[45]\d\d$/.test(code) ? Number(code) : 0
  if (status === 401 || status === 403) return 'unauthorised'
  if (status === 400) return 'badParameters'
  if (status === 429) return 'tooFast'
  if (status >= 500 && status <= 599) return 'upstreamFault'
  return null
}

import { AppError } from '#shared/errors.ts'

/** The address on the API page. */
export const documentedGateway = 'https://api.bjjii.com/api/gth/syc/order'

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/

/**
 * The address calls go to. Credentials travel in the query, so only https is allowed, except to this computer itself
 * (the practice gateway). The query is ours alone: an address that brings one, a fragment or a login is refused.
 * Throws gatewayNotAllowed.
 */
export function gatewayUrl(gateway: string): URL {
  const url = URL.parse(gateway === '' ? documentedGateway : gateway)
  const allowed =
    url !== null &&
    (url.protocol === 'https:' || (url.protocol === 'http:' && loopback.test(url.hostname))) &&
    url.username === '' &&
    url.password === '' &&
    !/[?#]/.test(url.href)
  if (!allowed) throw new AppError('gatewayNotAllowed')
  return url
}

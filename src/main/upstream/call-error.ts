import { AppError, type ErrorCode } from '#shared/errors.ts'

interface Kind {
  code: ErrorCode
  /** No byte of the request can have left, so the upstream cannot have delivered anything. */
  didNothing: boolean
}

const neverLeft: Kind = { code: 'network', didNothing: true }
const handshakeFailed: Kind = { code: 'tls', didNothing: true }

/** Reasons as Node (errno, OpenSSL, undici) and Chromium (net errors) name them; first match counts. */
const kinds: readonly (readonly [RegExp, Kind])[] = [
  [/^(ENOTFOUND|EAI_[A-Z]+|ECONNREFUSED)$/, neverLeft],
  [/^connect:(E[A-Z]*UNREACH|ENETDOWN|EHOSTDOWN|EADDRNOTAVAIL|EACCES|EPERM|ECONNRESET|ECONNABORTED)$/, neverLeft],
  [/^ERR_(NAME_NOT_RESOLVED|NAME_RESOLUTION_FAILED|DNS_[A-Z_]+|ICANN_NAME_COLLISION)$/, neverLeft],
  [
    /^ERR_(CONNECTION_REFUSED|CONNECTION_FAILED|ADDRESS_[A-Z_]+|INTERNET_DISCONNECTED|NETWORK_ACCESS_DENIED)$/,
    neverLeft,
  ],
  [
    /^ERR_(PROXY_[A-Z_]+|TUNNEL_CONNECTION_FAILED|SOCKS_[A-Z_]+|NO_SUPPORTED_PROXIES|MANDATORY_PROXY_[A-Z_]+)$/,
    neverLeft,
  ],
  [/^ERR_(BLOCKED_BY_[A-Z_]+|UNSAFE_PORT|INVALID_ARGUMENT|INVALID_URL|DISALLOWED_URL_SCHEME)$/, neverLeft],
  [/^(connect:ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT|ERR_CONNECTION_TIMED_OUT)$/, { code: 'timeout', didNothing: true }],
  [/^(ETIMEDOUT|ERR_TIMED_OUT|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/, { code: 'timeout', didNothing: false }],
  [/^(ERR_)?(TLS_)?CERT(IFICATE)?_/, handshakeFailed],
  [
    /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_[A-Z_]+|HOSTNAME_MISMATCH|INVALID_CA)$/,
    handshakeFailed,
  ],
  [
    /^ERR_SSL_(WRONG_VERSION_NUMBER|VERSION_OR_CIPHER_MISMATCH|UNSUPPORTED_PROTOCOL|PACKET_LENGTH_TOO_LONG)$/,
    handshakeFailed,
  ],
  [/^ERR_SSL_[A-Z0-9_]*(HANDSHAKE_FAILURE|ALERT_PROTOCOL_VERSION)$/, handshakeFailed],
  [/^(ERR_SSL_|ERR_TLS_|EPROTO$)/, { code: 'tls', didNothing: false }],
]

/**
 * What went wrong with a call, as an AppError whose data says `didNothing` and `reason`. `phase` reading: a reply had
 * begun, so the call did reach the upstream. Neither message nor cause of what was thrown is kept: both can hold the
 * URL, and the URL holds the credentials.
 */
export function callError(thrown: unknown, where: string, phase: 'sending' | 'reading'): AppError {
  if (thrown instanceof AppError) return thrown
  const chain = unfold(thrown)
  const redirected = chain.some((error) => /redirect/i.test(error.message))
  const reason = redirected ? 'REDIRECT' : reasonOf(chain)
  const kind = redirected ? { code: 'redirected' as const, didNothing: false } : kindOf(reason)
  const didNothing = kind.didNothing && phase === 'sending'
  return new AppError(kind.code, `${reason} ${where}`, { data: { didNothing, reason } })
}

/** A failure of our own finding (timeout, too large): the call had left. */
export function knownCallError(code: ErrorCode, where: string): AppError {
  return new AppError(code, `${code} ${where}`, { data: { didNothing: false, reason: code } })
}

/** True when the upstream surely did nothing with the call, so that it may be repeated as it was. */
export function didNothing(error: AppError): boolean {
  return error.data['didNothing'] === true
}

function kindOf(reason: string): Kind {
  return kinds.find(([pattern]) => pattern.test(reason))?.[1] ?? { code: 'network', didNothing: false }
}

/** The error, its causes and the members of an AggregateError (both addresses of a host refused), outermost first. */
function unfold(thrown: unknown, depth = 0): Error[] {
  if (!(thrown instanceof Error) || depth > 5) return []
  const members: unknown[] = thrown instanceof AggregateError ? thrown.errors : []
  return [thrown, ...[thrown.cause, ...members].flatMap((inner) => unfold(inner, depth + 1))]
}

function reasonOf(chain: readonly Error[]): string {
  for (const error of chain) {
    const { code, syscall } = error as NodeJS.ErrnoException
    if (/before secure TLS connection/.test(error.message)) return 'connect:ECONNRESET'
    if (typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code))
      return syscall === 'connect' && code !== 'ECONNREFUSED' ? `connect:${code}` : code
    const chromium = /\bERR_[A-Z0-9_]+/.exec(error.message)
    if (chromium !== null) return chromium[0]
  }
  return 'unknown'
}

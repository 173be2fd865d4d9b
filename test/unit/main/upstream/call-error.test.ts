import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { callError, didNothing } from '#main/upstream/call-error.ts'

const url = 'https://api.example/order?key=my-secret-key&password=my-password'

/** As Node's fetch throws: a TypeError whose cause carries the code. */
function nodeError(code: string, syscall?: string): Error {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(`${code} ${url}`), { code, syscall }) })
}

/** As Electron's net.fetch throws: the net error is in the message. */
function chromiumError(reason: string): Error {
  return new Error(`net::${reason} at ${url}`)
}

describe('a failed call', () => {
  it.each([
    ['the name is not known', nodeError('ENOTFOUND', 'getaddrinfo'), 'network'],
    ['the name server does not answer', nodeError('EAI_AGAIN', 'getaddrinfo'), 'network'],
    ['the connection is refused', nodeError('ECONNREFUSED', 'connect'), 'network'],
    ['the network cannot be reached', nodeError('ENETUNREACH', 'connect'), 'network'],
    ['no connection comes about in time', nodeError('UND_ERR_CONNECT_TIMEOUT'), 'timeout'],
    ['connecting times out', nodeError('ETIMEDOUT', 'connect'), 'timeout'],
    ['the certificate is self-signed', nodeError('DEPTH_ZERO_SELF_SIGNED_CERT'), 'tls'],
    ['the certificate is too old', nodeError('CERT_HAS_EXPIRED'), 'tls'],
    ['the certificate is for another name', nodeError('ERR_TLS_CERT_ALTNAME_INVALID'), 'tls'],
    ['the certificate cannot be verified', nodeError('UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'tls'],
    ['the other end speaks no TLS', nodeError('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls'],
    ['the name is not resolved', chromiumError('ERR_NAME_NOT_RESOLVED'), 'network'],
    ['the port is closed', chromiumError('ERR_CONNECTION_REFUSED'), 'network'],
    ['the PC is offline', chromiumError('ERR_INTERNET_DISCONNECTED'), 'network'],
    ['the proxy cannot be reached', chromiumError('ERR_PROXY_CONNECTION_FAILED'), 'network'],
    ['the proxy builds no tunnel', chromiumError('ERR_TUNNEL_CONNECTION_FAILED'), 'network'],
    ['connecting takes too long', chromiumError('ERR_CONNECTION_TIMED_OUT'), 'timeout'],
    ['the authority is not trusted', chromiumError('ERR_CERT_AUTHORITY_INVALID'), 'tls'],
    ['the certificate is out of date', chromiumError('ERR_CERT_DATE_INVALID'), 'tls'],
    ['versions do not meet', chromiumError('ERR_SSL_VERSION_OR_CIPHER_MISMATCH'), 'tls'],
  ])('surely did nothing when %s', (_when, thrown, code) => {
    const error = callError(thrown, 'api.example/order', 'sending')
    expect(error.code).toBe(code)
    expect(didNothing(error)).toBe(true)
  })

  it.each([
    ['the connection is reset', nodeError('ECONNRESET', 'read'), 'network'],
    ['the pipe breaks', nodeError('EPIPE', 'write'), 'network'],
    ['the route is lost while under way', nodeError('EHOSTUNREACH', 'read'), 'network'],
    ['the socket closes', nodeError('UND_ERR_SOCKET'), 'network'],
    ['no head of a reply comes', nodeError('UND_ERR_HEADERS_TIMEOUT'), 'timeout'],
    ['an established connection times out', nodeError('ETIMEDOUT', 'read'), 'timeout'],
    ['a TLS record is damaged', nodeError('ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'), 'tls'],
    ['Chromium reports a reset', chromiumError('ERR_CONNECTION_RESET'), 'network'],
    ['Chromium reports an empty reply', chromiumError('ERR_EMPTY_RESPONSE'), 'network'],
    ['the network changes', chromiumError('ERR_NETWORK_CHANGED'), 'network'],
    ['the reply is shorter than promised', chromiumError('ERR_CONTENT_LENGTH_MISMATCH'), 'network'],
    ['Chromium gives up waiting', chromiumError('ERR_TIMED_OUT'), 'timeout'],
    [
      'Node refuses a redirect',
      new TypeError('fetch failed', { cause: new Error('unexpected redirect') }),
      'redirected',
    ],
    ['Electron refuses a redirect', new Error("Attempted to redirect, but redirect policy was 'error'"), 'redirected'],
    ['nothing is known', new Error('something'), 'network'],
    ['no error was thrown', 'text', 'network'],
  ])('may have done anything when %s', (_when, thrown, code) => {
    const error = callError(thrown, 'api.example/order', 'sending')
    expect(error.code).toBe(code)
    expect(didNothing(error)).toBe(false)
  })

  it('did reach the upstream once a reply had begun, whatever the reason', () => {
    expect(didNothing(callError(nodeError('ECONNREFUSED', 'connect'), 'api.example/order', 'reading'))).toBe(false)
  })

  it('reads both addresses of a host that refused', () => {
    const both = new AggregateError([nodeError('ECONNREFUSED', 'connect'), nodeError('ECONNREFUSED', 'connect')])
    expect(didNothing(callError(new TypeError('fetch failed', { cause: both }), 'api.example', 'sending'))).toBe(true)
  })

  it('knows a socket that ended before TLS stood', () => {
    const cause = Object.assign(
      new Error('Client network socket disconnected before secure TLS connection was established'),
      {
        code: 'ECONNRESET',
      },
    )
    expect(didNothing(callError(new TypeError('fetch failed', { cause }), 'api.example', 'sending'))).toBe(true)
  })

  it.each([nodeError('ECONNRESET', 'read'), chromiumError('ERR_FAILED'), new Error(`Failed to parse URL from ${url}`)])(
    'keeps nothing of the URL: %#',
    (thrown) => {
      const error = callError(thrown, 'api.example/order', 'sending')
      const all = `${error.message} ${error.stack} ${JSON.stringify(error.data)} ${String(error.cause)}`
      expect(all).not.toMatch(/my-secret-key|my-password/)
    },
  )

  it('leaves an error of our own as it is', () => {
    const own = new AppError('tooLarge')
    expect(callError(own, 'api.example', 'reading')).toBe(own)
  })
})

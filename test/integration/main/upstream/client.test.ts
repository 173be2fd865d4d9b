import { createHash } from 'node:crypto'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { UpstreamAccount } from '#main/upstream/account.ts'
import { didNothing } from '#main/upstream/call-error.ts'
import { UpstreamClient } from '#main/upstream/client.ts'
import { buildCall } from '#main/upstream/request.ts'
import { AppError } from '#shared/errors.ts'
import { startOddUpstream, type Answering } from '../../../support/odd-upstream.ts'
import { selfSigned } from '../../../support/self-signed.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const incremental = { type: 'own', channel: 'sync', range: null } as const

/** Sends one call and reads its reply to the end. */
async function call(account: UpstreamAccount, maxReplyBytes?: number) {
  const client = new UpstreamClient({ fetch, ...(maxReplyBytes === undefined ? {} : { maxReplyBytes }) })
  const reply = await client.send(buildCall(account, incremental))
  const chunks: Uint8Array[] = []
  for await (const chunk of reply.chunks()) chunks.push(chunk)
  return { reply, body: Buffer.concat(chunks).toString() }
}

async function failure(account: UpstreamAccount, maxReplyBytes?: number): Promise<AppError> {
  const thrown = await call(account, maxReplyBytes).then(
    () => null,
    (error: unknown) => error,
  )
  if (!(thrown instanceof AppError)) throw new Error('the call did not fail', { cause: thrown })
  return thrown
}

const ok: Answering = (_request, response) => void response.end('{"code":200}')

describe('a call over real HTTP', () => {
  it.each(['GET', 'POST'] as const)(
    'sends the bytes it signed, nothing empty, and nothing twice: %s',
    async (method) => {
      await using upstream = await startOddUpstream(ok)
      const account = anAccount({
        gateway: upstream.url,
        method,
        name: "张 三~'(!*)",
        password: 'a&b=c+d %é😀',
        apiUrl: 'https://me.example/hook?a=1#x',
        sk: '56777ab6',
      })
      expect((await call(account)).body).toBe('{"code":200}')
      expect(upstream.seen).toHaveLength(1)
      const [request] = upstream.seen
      expect(request?.method).toBe(method)
      expect(request?.headers['sign']).toBe(createHash('md5').update(`${request?.query}56777ab6`).digest('hex'))
      expect(request?.parameters.get('password')).toBe('a&b=c+d %é😀')
      expect(request?.query.split('&').every((pair) => !pair.endsWith('='))).toBe(true)
      expect([...request!.parameters.keys()]).toEqual(['key', 'name', 'password', 'api_url', 'type', 'channels'])
    },
  )

  it('carries the headers of the API page, no sign without an SK, and no cookie', async () => {
    await using upstream = await startOddUpstream((_request, response) => {
      response.setHeader('set-cookie', 'session=1')
      response.end('{}')
    })
    await call(anAccount({ gateway: upstream.url }))
    await call(anAccount({ gateway: upstream.url }))
    expect(upstream.seen[1]?.headers).toMatchObject({
      'content-type': 'application/x-www-form-urlencoded;charset:utf-8;',
      referer: upstream.url,
    })
    expect(upstream.seen[1]?.headers).not.toHaveProperty('sign')
    expect(upstream.seen[1]?.headers).not.toHaveProperty('cookie')
  })

  it('hands on the head of the reply, whatever its status', async () => {
    await using upstream = await startOddUpstream((_request, response) => {
      response.writeHead(503, { 'content-type': 'text/html', date: 'Sun, 01 Jun 2025 12:00:00 GMT' }).end('<html>')
    })
    const { reply, body } = await call(anAccount({ gateway: upstream.url }))
    expect(reply).toMatchObject({ httpStatus: 503, contentType: 'text/html', date: 'Sun, 01 Jun 2025 12:00:00 GMT' })
    expect(body).toBe('<html>')
  })

  it('unpacks a compressed reply, and bounds it after unpacking', async () => {
    await using upstream = await startOddUpstream((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('x'.repeat(100_000)))
    })
    const account = anAccount({ gateway: upstream.url })
    expect((await call(account)).body).toBe('x'.repeat(100_000))
    const error = await failure(account, 50_000)
    expect([error.code, didNothing(error)]).toEqual(['tooLarge', false])
  })

  it('lets a slow reply take longer than the timeout while bytes keep arriving', async () => {
    await using upstream = await startOddUpstream((_request, response) => {
      let left = 8
      const timer = setInterval(() => {
        response.write('x')
        left -= 1
        if (left > 0) return
        clearInterval(timer)
        response.end()
      }, 100)
    })
    expect((await call(anAccount({ gateway: upstream.url, timeoutMs: 400 }))).body).toBe('xxxxxxxx')
  })
})

describe('a call that fails', () => {
  it.each<[string, Answering, string]>([
    ['no answer comes', () => undefined, 'timeout'],
    [
      'the reply is cut off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"code":200,', () => response.destroy())
      },
      'network',
    ],
    ['the connection is broken before any byte', (_request, response) => void response.destroy(), 'network'],
    [
      'it is redirected',
      (_request, response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
      'redirected',
    ],
  ])('has an unknown outcome when %s', async (_when, answer, code) => {
    await using upstream = await startOddUpstream(answer)
    const error = await failure(anAccount({ gateway: upstream.url, timeoutMs: 300 }))
    expect([error.code, didNothing(error)]).toEqual([code, false])
    expect(upstream.seen, 'asked once: repeating is not the client’s business').toHaveLength(1)
  })

  it('has an unknown outcome when the reply stops half-way, once no byte came for the timeout', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.write('{"code":'))
    // The bound of the whole call, 40 s, lies beyond what this test may take.
    const error = await failure(anAccount({ gateway: upstream.url, timeoutMs: 2_000 }))
    expect([error.code, didNothing(error)]).toEqual(['timeout', false])
  })

  it('ends a drip that would never end', async () => {
    await using upstream = await startOddUpstream((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const error = await failure(anAccount({ gateway: upstream.url, timeoutMs: 100 }))
    expect([error.code, didNothing(error)]).toEqual(['timeout', false])
  })

  it('never lets credentials follow a redirect', async () => {
    await using thief = await startOddUpstream(ok)
    await using upstream = await startOddUpstream((_request, response) => {
      response.writeHead(307, { location: thief.url }).end()
    })
    expect((await failure(anAccount({ gateway: upstream.url, method: 'POST' }))).code).toBe('redirected')
    expect(thief.seen).toEqual([])
  })

  it('surely did nothing when nobody listens', async () => {
    const upstream = await startOddUpstream(ok)
    await upstream.close()
    const error = await failure(anAccount({ gateway: upstream.url }))
    expect([error.code, didNothing(error)]).toEqual(['network', true])
  })

  it('surely did nothing when the name is not known', async () => {
    const error = await failure(anAccount({ gateway: 'https://no-such-host.invalid/order' }))
    expect([error.code, didNothing(error)]).toEqual(['network', true])
  })

  it('tells nothing of the credentials', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.destroy())
    const error = await failure(anAccount({ gateway: upstream.url, key: 'my-secret-key', password: 'my-password' }))
    expect(`${error.message} ${error.stack} ${JSON.stringify(error.data)} ${String(error.cause)}`).not.toMatch(
      /my-secret-key|my-password/,
    )
  })

  it.each([
    ['speaks no TLS', 'plain text\r\n\r\n'],
    ['hangs up at once', ''],
  ])('surely did nothing when the other end %s', async (_what, bytes) => {
    const server = createServer((socket) => void socket.end(bytes))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : 0
    const error = await failure(anAccount({ gateway: `https://127.0.0.1:${port}/order` }))
    server.close()
    expect(['tls', 'network']).toContain(error.code)
    expect(didNothing(error)).toBe(true)
  })
})

it('always verifies TLS: a self-signed certificate gets no request, let alone a key', async () => {
  await using upstream = await startOddUpstream(ok, selfSigned('127.0.0.1'))
  const error = await failure(anAccount({ gateway: upstream.url }))
  expect([error.code, error.data['reason'], didNothing(error)]).toEqual(['tls', 'DEPTH_ZERO_SELF_SIGNED_CERT', true])
  expect(upstream.seen).toEqual([])
})

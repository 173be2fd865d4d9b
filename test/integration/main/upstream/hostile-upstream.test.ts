import { createServer, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { createGzip, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { UpstreamAccount } from '#main/upstream/account.ts'
import { didNothing } from '#main/upstream/call-error.ts'
import { UpstreamClient } from '#main/upstream/client.ts'
import { buildCall } from '#main/upstream/request.ts'
import { toAppError } from '#shared/errors.ts'
import { startOddUpstream } from '../../../support/odd-upstream.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const incremental = { type: 'own', channel: 'sync', range: null } as const

/** Asks once, keeps nothing of the reply but its length and its beginning. */
async function call(account: UpstreamAccount, maxReplyBytes?: number) {
  const client = new UpstreamClient({ fetch, ...(maxReplyBytes === undefined ? {} : { maxReplyBytes }) })
  let bytes = 0
  let text = ''
  try {
    const reply = await client.send(buildCall(account, incremental))
    for await (const chunk of reply.chunks()) {
      bytes += chunk.length
      if (text.length < 1_000) text += Buffer.from(chunk).toString()
    }
    return { bytes, text, error: null }
  } catch (thrown) {
    return { bytes, text, error: toAppError(thrown) }
  }
}

/** A server that answers every request with just these bytes and hangs up. */
async function answering(...parts: (string | Buffer)[]) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      for (const part of parts) socket.write(part)
      socket.end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    account: anAccount({ gateway: `http://127.0.0.1:${port}/order`, timeoutMs: 2_000 }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const body = '{"code":200,"data":[]}'
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n'

describe('a reply whose length is told wrong', () => {
  it('is cut off where less comes than was told: its outcome is unknown', async () => {
    await using server = await answering(`${head}Content-Length: ${body.length + 10}\r\n\r\n${body}`)
    const { error } = await call(server.account)
    expect([error?.code, didNothing(error!)]).toEqual(['network', false])
  })

  it('ends where it was told to end where more comes, so that it is no whole JSON', async () => {
    await using server = await answering(`${head}Content-Length: 10\r\n\r\n${body}`)
    const { text, error } = await call(server.account)
    expect(error ?? text).toBe(body.slice(0, 10))
  })

  it('is cut off where chunks break off', async () => {
    await using server = await answering(`${head}Transfer-Encoding: chunked\r\n\r\n8\r\n{"code":\r\n`)
    const { error } = await call(server.account)
    expect([error?.code, didNothing(error!)]).toEqual(['network', false])
  })

  it('without any length is what came until the end', async () => {
    await using server = await answering(`${head}Connection: close\r\n\r\n${body}`)
    expect(await call(server.account)).toMatchObject({ text: body, error: null })
  })
})

describe('a reply that is no HTTP', () => {
  it.each<[string, (string | Buffer)[]]>([
    ['bytes without a meaning', [Buffer.from([0, 255, 1, 254, 13, 10])]],
    ['two lengths that differ', [`${head}Content-Length: 5\r\nContent-Length: 9\r\n\r\n${body}`]],
    ['a head without an end', [head, `X: ${'x'.repeat(200_000)}`]],
    ['a length below zero', [`${head}Content-Length: -1\r\n\r\n${body}`]],
  ])('has an unknown outcome: %s', async (_what, parts) => {
    await using server = await answering(...parts)
    const { error } = await call(server.account)
    expect(error).not.toBeNull()
    expect(didNothing(error!)).toBe(false)
  })
})

describe('a gzip bomb', () => {
  it('is stopped at the bound after unpacking, and costs the app no memory to speak of', async () => {
    const zeros = Buffer.alloc(1_048_576)
    await using upstream = await startOddUpstream((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' })
      const bomb = Readable.from(Array.from({ length: 2_000 }, () => zeros)).pipe(createGzip({ level: 9 }))
      bomb.on('error', () => undefined)
      bomb.pipe(response).on('error', () => undefined)
      response.on('close', () => bomb.destroy())
    })
    const before = process.memoryUsage().rss
    const { bytes, error } = await call(anAccount({ gateway: upstream.url, timeoutMs: 20_000 }))
    expect([error?.code, didNothing(error!)]).toEqual(['tooLarge', false])
    expect(bytes).toBeLessThanOrEqual(512 * 1_048_576)
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1_048_576)
  }, 60_000)

  it.each(['gzip, gzip', 'br', 'deflate'])(
    'of a coding that does not fit its bytes is an error: %s',
    async (coding) => {
      await using upstream = await startOddUpstream((_request, response) => {
        response.writeHead(200, { 'content-encoding': coding }).end(gzipSync(body))
      })
      const { error, text } = await call(anAccount({ gateway: upstream.url, timeoutMs: 2_000 }))
      expect(error === null ? text : 'an error').not.toContain('"code"')
      if (error !== null) expect(didNothing(error)).toBe(false)
    },
  )

  it('that breaks off is never taken for a whole reply', async () => {
    const whole = JSON.stringify({ code: 200, data: Array.from({ length: 40 }, (_, index) => ({ order_sn: index })) })
    await using upstream = await startOddUpstream((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(whole).subarray(0, -20))
    })
    const { error, text } = await call(anAccount({ gateway: upstream.url, timeoutMs: 2_000 }))
    if (error === null) expect(() => JSON.parse(text) as unknown).toThrow()
    else expect(didNothing(error)).toBe(false)
  })
})

it.each([301, 302, 303, 307, 308])('never lets credentials follow a redirect: %i', async (status) => {
  await using thief = await startOddUpstream((_request, response) => void response.end(body))
  for (const method of ['GET', 'POST'] as const) {
    await using upstream = await startOddUpstream((_request, response) => {
      response.writeHead(status, { location: thief.url }).end()
    })
    const { error } = await call(anAccount({ gateway: upstream.url, method, timeoutMs: 2_000 }))
    expect([error?.code, didNothing(error!)]).toEqual(['redirected', false])
  }
  expect(thief.seen).toEqual([])
})

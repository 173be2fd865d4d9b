import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readPush } from '#domain/push/read-push.ts'
import { checkPush } from '#domain/push/check-push.ts'
import { openPush, type PushRequest } from '#domain/push/open-push.ts'
import { startPracticeGateway, type PracticeOptions } from '#practice/gateway.ts'
import { httpBuildQuery, signQuery } from '#domain/php-query.ts'

const apiToken = 'k7Qx'

/** A merchant's address that answers as the test says, and remembers what came. */
async function merchant(answer: (count: number) => string = () => 'SUCCESS') {
  const came: PushRequest[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    const body = await text(request)
    came.push({
      method: request.method ?? '',
      contentType: request.headers['content-type'] ?? '',
      query: '',
      body: new TextEncoder().encode(body),
    })
    response.end(answer(came.length))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return { came, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cb` }
}

async function practice(options: PracticeOptions = {}) {
  const still = { seed: 7, orders: 60, historyDays: 20, minIntervalMs: 0, speed: 0, pushRetryMs: 10 }
  const gateway = await startPracticeGateway({ ...still, ...options })
  onTestFinished(() => gateway.close())
  const call = async (apiUrl: string): Promise<void> => {
    const { key, token, sk } = gateway.credentials
    const query = httpBuildQuery({ key, token, type: 1, channels: 1, api_url: apiUrl, api_token: apiToken })
    await fetch(`${gateway.url}?${query}`, { headers: { sign: signQuery(query, sk ?? '') } })
  }
  return { gateway, call }
}

const orders = (came: readonly PushRequest[]) =>
  came.flatMap((request) => readPush(request)).flatMap((item) => (item.kind === 'order' ? [item.order] : []))

describe('the practice gateway pushes', () => {
  it('to the api_url of a call: first a test, then every change as a signed form', async () => {
    const { came, url } = await merchant()
    const { gateway, call } = await practice()
    await call(url)
    await expect.poll(() => came.length).toBe(1)
    expect(new TextDecoder().decode(came[0]!.body)).toBe('msg=success')
    gateway.advance(48)
    await expect.poll(() => orders(came).length).toBeGreaterThan(5)
    for (const request of came.slice(1)) {
      expect(request.contentType).toContain('x-www-form-urlencoded')
      expect(checkPush(openPush(request), apiToken)).toBe('right')
    }
    const truth = new Map(
      gateway.truth().flatMap((order) => [[order.orderNo, order] as const, [order.fields.ownNo ?? '', order] as const]),
    )
    for (const order of orders(came))
      expect(order.axes.production?.code).toBe(truth.get(order.ownNo!)?.axes.production?.code)
  })

  it.each(['json', 'data', 'list'] as const)('as %s where the switch says so', async (pushShape) => {
    const { came, url } = await merchant()
    const { gateway } = await practice({ pushShape, pushUrl: url, pushToken: apiToken })
    await expect.poll(() => came.length).toBe(1)
    gateway.advance(48)
    await expect.poll(() => orders(came).length).toBeGreaterThan(5)
    for (const request of came.slice(1)) expect(checkPush(openPush(request), apiToken)).toBe('right')
    if (pushShape === 'list') expect(came).toHaveLength(2)
  })

  it('twice more where it is not answered SUCCESS, then never again', async () => {
    const { came, url } = await merchant((count) => (count === 1 ? 'SUCCESS' : 'busy'))
    const { gateway, call } = await practice()
    await call(url)
    await expect.poll(() => gateway.pushes().length).toBe(1)
    gateway.advance(24)
    await expect.poll(() => gateway.pushes().length).toBeGreaterThan(3)
    const made = gateway.pushes().filter(({ kind }) => kind === 'order')
    expect(made.every(({ attempts, accepted }) => attempts === 3 && !accepted)).toBe(true)
    expect(came.length).toBeGreaterThanOrEqual(1 + made.length * 3)
  })

  it('nothing to an address that failed its test, or that is not local', async () => {
    const { came, url } = await merchant(() => 'no')
    const { gateway, call } = await practice()
    await call(url)
    await call('http://example.com/cb')
    await expect.poll(() => gateway.pushes().length).toBe(1)
    gateway.advance(48)
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(came).toHaveLength(1)
    expect(gateway.pushes()).toMatchObject([{ kind: 'test', accepted: false }])
  })
})

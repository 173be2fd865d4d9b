import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hourMs } from '#practice/beijing.ts'
import { type PracticeGateway, startPracticeGateway } from '#practice/gateway.ts'
import { ask } from './ask.ts'

let gateway: PracticeGateway
const epochMs = Date.parse('2024-09-01T04:00:00Z')
beforeEach(async () => {
  gateway = await startPracticeGateway({ orders: 300, minIntervalMs: 0, clock: { now: () => epochMs } })
})
afterEach(() => gateway.close())

async function control(method: string, path: string, body?: unknown, token = gateway.controlToken): Promise<Response> {
  const init: RequestInit = { method, headers: { 'x-practice-token': token } }
  if (body !== undefined) init.body = JSON.stringify(body)
  return fetch(`${gateway.controlUrl}/${path}`, init)
}

describe('the control address', () => {
  it.each([
    ['GET', 'state'],
    ['GET', 'truth'],
    ['GET', 'calls'],
    ['POST', 'advance'],
    ['DELETE', 'faults'],
    ['POST', 'marks/reset'],
    ['GET', 'nothing'],
  ])('refuses %s %s without the token and with another', async (method, path) => {
    expect((await fetch(`${gateway.controlUrl}/${path}`, { method })).status).toBe(403)
    expect((await control(method, path, undefined, 'guess')).status).toBe(403)
    expect((await control(method, path, undefined, gateway.credentials.key)).status).toBe(403)
    expect(gateway.now()).toBe(epochMs)
  })

  it('listens on loopback only', () => {
    expect(new URL(gateway.url).hostname).toBe('127.0.0.1')
    expect(new URL(gateway.controlUrl).hostname).toBe('127.0.0.1')
  })

  it('lets time go on', async () => {
    expect((await control('POST', 'advance', { hours: 36 })).status).toBe(200)
    expect(gateway.now()).toBe(epochMs + 36 * hourMs)
  })

  it.each([
    ['advance', { hours: -1 }],
    ['advance', { days: 1 }],
    ['advance', {}],
    ['faults', { kind: 'flood' }],
    ['switches', { shape: 'round' }],
    ['switches', { key: 'x' }],
    ['speed', { speed: 'fast' }],
  ])('refuses %s %j', async (path, body) => {
    const response = await control('POST', path, body)
    expect(response.status).toBe(400)
    expect(await response.json()).toHaveProperty('error')
  })

  it('knows nothing but its own addresses', async () => {
    expect((await control('GET', 'nothing')).status).toBe(404)
    expect((await control('PUT', 'advance')).status).toBe(404)
  })

  it('sets shapes and switches', async () => {
    await control('POST', 'switches', { shape: 'chinese+dataList', successCode: 1 })
    expect((await ask(gateway)).data).toHaveProperty('list')
    expect(await (await control('GET', 'state')).json()).toMatchObject({
      now: '2024-09-01 12:00:00',
      orders: 300,
      switches: { successCode: 1, shape: { names: 'chinese', wrapping: 'dataList' } },
    })
  })

  it('adds faults and clears them', async () => {
    await control('POST', 'faults', { kind: 'error500', times: 'always' })
    expect((await ask(gateway)).code).toBe(500)
    await control('DELETE', 'faults')
    expect((await ask(gateway)).code).toBe(200)
  })

  it('resets the marks', async () => {
    const first = (await ask(gateway)).rows
    await control('POST', 'marks/reset')
    expect((await ask(gateway)).rows).toEqual(first)
  })

  it('tells the calls and the truth as the object does, page by page', async () => {
    await ask(gateway)
    expect(await (await control('GET', 'calls')).json()).toEqual(gateway.calls())
    expect(await (await control('GET', 'truth')).json()).toEqual(gateway.truth())
    expect(await (await control('GET', 'truth?from=10&count=5')).json()).toEqual(gateway.truth().slice(10, 15))
  })

  it('says no credential in its state', async () => {
    const text = await (await control('GET', 'state')).text()
    for (const secret of [...Object.values(gateway.credentials), gateway.controlToken])
      expect(text).not.toContain(secret)
  })
})

describe('other addresses', () => {
  it('are not there', async () => {
    const response = await fetch(new URL('/api/other', gateway.url))
    expect(response.status).toBe(404)
    expect(response.headers.get('content-type')).toContain('text/html')
  })
})

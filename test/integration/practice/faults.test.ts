import { afterEach, describe, expect, it } from 'vitest'
import { type FaultInput, type PracticeGateway, startPracticeGateway } from '#practice/gateway.ts'
import { ask, orderAddress } from './ask.ts'

let gateway: PracticeGateway
async function open(...faults: FaultInput[]): Promise<PracticeGateway> {
  gateway = await startPracticeGateway({ orders: 1_000, minIntervalMs: 0, faults })
  return gateway
}
afterEach(() => gateway.close())

const range = { start: '2000-01-01 00:00:00', end: '2030-01-01 00:00:00' }

describe('a fault', () => {
  it('slow: nothing comes for a while, then all of it', async () => {
    await open({ kind: 'slow', delayMs: 150 })
    const beganMs = performance.now()
    const response = await fetch(...orderAddress(gateway))
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(140)
    expect(await response.json()).toMatchObject({ code: 200 })
  })

  it('drip: the headers at once, the body in pieces', async () => {
    await open({ kind: 'drip', delayMs: 200 })
    const response = await fetch(...orderAddress(gateway))
    const reader = response.body!.getReader()
    let pieces = 0
    while (!(await reader.read()).done) pieces++
    expect(pieces).toBeGreaterThan(5)
    await expect.poll(() => gateway.calls().at(-1)?.answer?.ended).toBe('sent')
  })

  it('cut: the promised length does not come', async () => {
    await open({ kind: 'cut', fraction: 0.3 })
    const response = await fetch(...orderAddress(gateway))
    const promised = Number(response.headers.get('content-length'))
    let arrived = 0
    const reading = async (): Promise<void> => {
      for await (const piece of response.body ?? []) arrived += piece.length
    }
    await expect(reading()).rejects.toThrow()
    expect(arrived).toBe(Math.floor(promised * 0.3))
    await expect.poll(() => gateway.calls().at(-1)?.answer).toMatchObject({ fault: 'cut', ended: 'broken' })
  })

  it('reset: the connection breaks before a byte', async () => {
    await open({ kind: 'reset' })
    await expect(fetch(...orderAddress(gateway))).rejects.toThrow()
  })

  it('hang: never an answer, and closing the gateway is not kept waiting', async () => {
    await open({ kind: 'hang' })
    const call = fetch(...orderAddress(gateway)).then(
      () => 'answered',
      () => 'broken',
    )
    const early = await Promise.race([call, new Promise((resolve) => setTimeout(() => resolve('waiting'), 100))])
    expect(early).toBe('waiting')
    await gateway.close()
    expect(await call).toBe('broken')
  })

  it('error500: the documented code', async () => {
    await open({ kind: 'error500' }, { kind: 'error500', status: 500 })
    expect(await ask(gateway)).toMatchObject({ status: 200, code: 500, msg: '服务器内部错误' })
    expect(await ask(gateway)).toMatchObject({ status: 500, code: 500 })
  })

  it('html: an error page instead of JSON', async () => {
    await open({ kind: 'html' })
    const reply = await ask(gateway)
    expect(reply.status).toBe(502)
    expect(reply.headers.get('content-type')).toContain('text/html')
    expect(reply.text).toContain('502 Bad Gateway')
  })

  it('wrongJson: half a document with a right length', async () => {
    await open({ kind: 'wrongJson' })
    const reply = await ask(gateway)
    expect(reply.status).toBe(200)
    expect(reply.text).toMatch(/^\{"code":200/)
    expect(() => JSON.parse(reply.text) as unknown).toThrow()
  })

  it('redirect: elsewhere, and who follows is seen', async () => {
    await open({ kind: 'redirect' })
    const reply = await ask(gateway)
    expect(reply.status).toBe(302)
    await fetch(new URL(reply.headers.get('location') ?? '', gateway.url))
    expect(gateway.calls().map((call) => call.path)).toEqual(['/api/gth/syc/order', '/login.html'])
  })

  it('refuse: words and code of one’s own', async () => {
    await open({ kind: 'refuse', code: 400, msg: '系统维护中' })
    expect(await ask(gateway)).toMatchObject({ code: 400, msg: '系统维护中' })
  })

  it('can wait for a ranged call, and is over after its times', async () => {
    await open({ kind: 'error500', only: 'ranged', times: 2 })
    const codes = []
    for (const change of [{}, range, {}, range, range]) codes.push((await ask(gateway, change)).code)
    expect(codes).toEqual([200, 500, 200, 500, 200])
  })

  it('can meet long ranges only, as a server that is too slow for them', async () => {
    await open({ kind: 'html', overHours: 24, times: 'always' })
    expect((await ask(gateway, range)).status).toBe(502)
    expect((await ask(gateway, { start: '2024-09-01 00:00:00', end: '2024-09-02 00:00:00' })).status).toBe(200)
  })

  it('can leave the orders undelivered where the hazard is not wanted', async () => {
    await open({ kind: 'html', delivers: false })
    await ask(gateway)
    expect((await ask(gateway)).rows.length).toBeGreaterThan(5)
  })
})

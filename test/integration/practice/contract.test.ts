import { afterEach, describe, expect, it } from 'vitest'
import { type PracticeGateway, type PracticeOptions, startPracticeGateway } from '#practice/gateway.ts'
import { ask, askRaw } from './ask.ts'

let gateway: PracticeGateway | null = null
async function open(options: PracticeOptions = {}): Promise<PracticeGateway> {
  gateway = await startPracticeGateway({ orders: 300, minIntervalMs: 0, ...options })
  return gateway
}
afterEach(async () => {
  await gateway?.close()
  gateway = null
})

describe('who may ask', () => {
  it('answers a signed call with the documented envelope', async () => {
    const reply = await ask(await open())
    expect(Object.keys(JSON.parse(reply.text) as object)).toEqual([
      'code',
      'msg',
      'data',
      'debug',
      'exec_time',
      'user_ip',
    ])
    expect(reply).toMatchObject({ status: 200, code: 200, msg: '同步成功' })
    expect(reply.rows.length).toBeGreaterThan(5)
  })

  it('takes POST forms as well', async () => {
    const reply = await ask(await open(), {}, true)
    expect(reply.code).toBe(200)
    expect(reply.rows.length).toBeGreaterThan(5)
  })

  it('takes name and password in place of a token', async () => {
    const gateway = await open()
    const { name, password } = gateway.credentials
    expect(await ask(gateway, { token: '', name, password })).toMatchObject({ code: 200 })
  })

  it.each([
    ['no key', { key: '' }, 403, /缺少接口密钥/],
    ['a strange key', { key: 'abc' }, 403, /密钥无效/],
    ['no login at all', { token: '' }, 400, /token/],
    ['a strange token', { token: 'abc' }, 403, /token无效/],
    ['a wrong password', { token: '', name: 'practice', password: 'x' }, 403, /账号或密码错误/],
    ['a wrong name', { token: '', name: 'x', password: 'x' }, 403, /账号或密码错误/],
    ['no type', { type: '' }, 400, /type/],
    ['type 3', { type: 3 }, 400, /type/],
    ['no channel', { channels: '' }, 400, /channels/],
    ['channel 0', { channels: 0 }, 400, /channels/],
    ['a start without a time', { start: '2024-09-01' }, 400, /start/],
    ['31 February', { start: '2024-02-31 00:00:00' }, 400, /start/],
    ['24 o’clock', { end: '2024-02-01 24:00:00' }, 400, /end/],
    ['an end before its start', { start: '2024-09-02 00:00:00', end: '2024-09-01 00:00:00' }, 400, /开始时间/],
  ])('refuses %s', async (_what, change, code, msg) => {
    const reply = await ask(await open(), change)
    expect(reply).toMatchObject({ status: 200, code, rows: [] })
    expect(reply.msg).toMatch(msg)
  })

  it('puts the code into the HTTP status where it is told to', async () => {
    expect(await ask(await open({ errorHttpStatus: 'sameAsCode' }), { type: 9 })).toMatchObject({
      status: 400,
      code: 400,
    })
  })
})

describe('the signature', () => {
  it('is md5 over the very bytes that came, however they are encoded', async () => {
    const gateway = await open({ name: '张 三~' })
    const { key, password, sk } = gateway.credentials
    for (const name of ['%E5%BC%A0+%E4%B8%89%7E', '%e5%bc%a0%20%e4%b8%89~']) {
      const raw = `key=${key}&name=${name}&password=${password}&type=1&channels=1`
      expect(await askRaw(gateway.url, raw, sk)).toMatchObject({ code: 200 })
      expect(await askRaw(gateway.url, raw, sk, true)).toMatchObject({ code: 200 })
    }
  })

  it.each([
    ['missing', null, /缺少签名/],
    ['made with another SK', 'other', /签名校验失败/],
  ])('is refused when it is %s', async (_what, sk, msg) => {
    const gateway = await open()
    const raw = `key=${gateway.credentials.key}&type=1&channels=1`
    const reply = await askRaw(gateway.url, raw, sk)
    expect(reply.code).toBe(403)
    expect(reply.msg).toMatch(msg)
  })

  it('is not asked for when the check is off', async () => {
    const gateway = await open({ sk: null })
    const { key, token } = gateway.credentials
    expect(await askRaw(gateway.url, `key=${key}&token=${token}&type=1&channels=1`, null)).toMatchObject({ code: 200 })
  })
})

describe('the limits', () => {
  it('refuses the second call of a key within the interval, and only of that key', async () => {
    const gateway = await open({ minIntervalMs: 60_000, moreKeys: ['second-key'] })
    expect(await ask(gateway)).toMatchObject({ code: 200 })
    expect(await ask(gateway, { type: 2 })).toMatchObject({ code: 400, msg: '请求过于频繁，请稍后再试' })
    expect(await ask(gateway, { key: 'second-key' })).toMatchObject({ code: 200 })
    expect(gateway.calls().map((call) => call.gapMs === null)).toEqual([true, false, true])
  })

  it('lets a call through as soon as the interval is over', async () => {
    const gateway = await open({ minIntervalMs: 80 })
    await ask(gateway)
    await new Promise((resolve) => setTimeout(resolve, 90))
    expect(await ask(gateway)).toMatchObject({ code: 200 })
  })

  it('stops at the day’s limit until the next Beijing midnight', async () => {
    const gateway = await open({ dailyLimit: 2, nowMs: Date.parse('2024-09-01T15:50:00Z') })
    await ask(gateway)
    await ask(gateway, { type: 9 })
    expect(await ask(gateway)).toMatchObject({ code: 403, msg: '今日调用次数已达上限(2次)，请明天再试' })
    gateway.advance(0.2)
    expect(await ask(gateway)).toMatchObject({ code: 200 })
  })
})

describe('what the server noted', () => {
  it('lists calls with their parameters and without a secret', async () => {
    const gateway = await open()
    await ask(gateway, { start: '2024-09-01 00:00:00', end: '2024-09-02 00:00:00', apipwd: 'hush-hush' })
    const [call] = gateway.calls()
    expect(call).toMatchObject({
      method: 'GET',
      path: '/api/gth/syc/order',
      type: '1',
      channels: '1',
      start: '2024-09-01 00:00:00',
      signed: true,
      named: ['key', 'token', 'type', 'channels', 'start', 'end', 'apipwd'],
    })
    const text = JSON.stringify(gateway.calls())
    for (const secret of ['hush-hush', ...Object.values(gateway.credentials)]) expect(text).not.toContain(secret)
  })
})

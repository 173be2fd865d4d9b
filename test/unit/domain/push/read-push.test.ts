import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import { checkPush, isPing } from '#domain/push/check-push.ts'
import { openPush, type PushRequest } from '#domain/push/open-push.ts'
import { readPush, type PushedOrder } from '#domain/push/read-push.ts'
import { axes } from '#domain/vocabulary.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const post = (body: string | Uint8Array, contentType = 'application/x-www-form-urlencoded'): PushRequest => ({
  method: 'POST',
  contentType,
  query: '',
  body: typeof body === 'string' ? bytes(body) : body,
})
const get = (query: string): PushRequest => ({ method: 'GET', contentType: '', query, body: new Uint8Array() })
const json = (value: unknown): PushRequest => post(JSON.stringify(value), 'application/json')

const event = {
  outer_id: 'W000001',
  plan_mobile_produced: '17700010002',
  status: '550',
  iccid: '89860000000000000001',
  tracking_number: 'SF1000000000001',
  tracking_company: '顺丰速运',
  reason: '',
  is_activated: '0',
  activated_at: '',
}
const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString()
const multipart = Object.entries(event)
  .map(([name, value]) => `--xyz\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
  .concat('--xyz--\r\n')
  .join('')

function orders(request: PushRequest): PushedOrder[] {
  return readPush(request).flatMap((item) => (item.kind === 'order' ? [item.order] : []))
}

describe('a push', () => {
  it.each<[string, PushRequest]>([
    ['a form', post(form(event))],
    ['a query', get(form(event))],
    ['multipart', post(multipart, 'multipart/form-data; boundary=xyz')],
    ['JSON', json(event)],
    ['JSON that says it is a form', post(JSON.stringify(event))],
    ['JSON with a byte order mark', post(`\uFEFF${JSON.stringify(event)}`, 'application/json')],
    ['JSON inside Data', post(form({ Data: JSON.stringify(event), Sign: 'x' }))],
    ['JSON inside Data as a string of a string', post(form({ Data: JSON.stringify(JSON.stringify(event)) }))],
    ['JSON in JSON data', json({ code: 0, data: JSON.stringify([event]) })],
    ['a list', json([event])],
    ['a list somewhere', json({ event: 'order', payload: { list: [event] } })],
    ['a form without a content type', post(form(event), '')],
  ])('of one order is read from %s', (_name, request) => {
    const [order, ...others] = orders(request)
    expect(others).toEqual([])
    expect(order).toMatchObject({
      orderNo: null,
      ownNo: 'W000001',
      fields: {
        ownNo: 'W000001',
        producedNumber: '17700010002',
        courier: '顺丰速运',
        trackingNo: 'SF1000000000001',
        iccid: '89860000000000000001',
      },
      axes: { production: { word: null, code: '550' }, activation: { word: null, code: '0' } },
    })
    expect(order?.fields).not.toHaveProperty('orderNo')
    expect(order?.fields).not.toHaveProperty('reason')
  })

  it('of many orders gives each, and keeps what stands among them without a number', () => {
    const items = readPush(json({ orders: [event, { ...event, outer_id: 'W2' }, { note: '?' }, 7] }))
    expect(items.map((item) => item.kind)).toEqual(['order', 'order', 'unreadable', 'unreadable'])
  })

  it('reads the order number by its name, and never takes an id for it', () => {
    expect(orders(json({ id: 991, order_no: '2026112400000000001', status: '已发货' }))[0]).toMatchObject({
      orderNo: '2026112400000000001',
      ownNo: null,
      axes: { production: { word: '已发货', code: null } },
    })
    expect(readPush(json({ id: 991, status: '已发货' }))[0]?.kind).toBe('unreadable')
  })

  it('keeps digits of numbers that JavaScript would round', () => {
    const text = '{"order_no": 20261124000000000017, "status": 550}'
    expect(orders(post(text, 'application/json'))[0]?.orderNo).toBe('20261124000000000017')
  })

  it('reads GBK where the bytes are no UTF-8', () => {
    const gbk = [0xd2, 0xd1, 0xb7, 0xa2, 0xbb, 0xf5].map((byte) => `%${byte.toString(16)}`).join('')
    expect(orders(post(`outer_id=W1&status=${gbk}`))[0]?.axes.production).toEqual({ word: '已发货', code: null })
  })

  it('keeps no proof of its sender in what is stored', () => {
    const [order] = orders(json({ ...event, sign: 's3cret', api_token: 't0ken' }))
    expect(order?.original).not.toMatch(/s3cret|t0ken/)
  })

  it('about a product is told apart', () => {
    expect(readPush(post(form({ event_type: 'product_status', product_id: '9', status: '0' })))).toMatchObject([
      { kind: 'product' },
    ])
  })

  it.each<[string, PushRequest]>([
    ['broken JSON', post('{"outer_id": "W1", ', 'application/json')],
    ['words', post('hello world, how are you')],
    ['bytes', post(new Uint8Array([0, 1, 2, 255, 254]))],
  ])('that is %s is not understood, and kept as one unreadable item', (_name, request) => {
    expect(openPush(request).understood).toBe(false)
    expect(readPush(request)).toMatchObject([{ kind: 'unreadable' }])
  })
})

describe('a test of the address', () => {
  it.each<[string, PushRequest]>([
    ['nothing', get('')],
    ['an empty body', post('')],
    ['an empty object', json({})],
    ['msg=success', post('msg=success')],
    ['msg=check by GET', get('msg=check')],
    ['msg as JSON', json({ msg: 'check' })],
    ['the test order of 172', post(form({ Data: JSON.stringify({ OrderNo: 'TestOrder172', status: '已激活' }) }))],
    ['the test order as a field', get('orderNo=TestOrder172')],
  ])('is %s', (_name, request) => {
    expect(isPing(openPush(request))).toBe(true)
  })

  it.each<[string, PushRequest]>([
    ['an order', post(form(event))],
    ['an order that says success', post(form({ ...event, msg: 'success' }))],
    ['the test order beside a real one', json([{ order_no: 'TestOrder172' }, { order_no: 'A1' }])],
    ['unknown words', post('foo=bar')],
  ])('is not %s', (_name, request) => {
    expect(isPing(openPush(request))).toBe(false)
  })
})

describe('the proof of a sender', () => {
  const token = 'k7Qx'
  // md5("outer_id=W000001&plan_mobile_produced=17700010002&status=550" + "k7Qx").
  const sign = 'c85e72dd74f6c68ed38be60997269ed4'
  const check = (request: PushRequest, apiToken = token) => checkPush(openPush(request), apiToken)

  it.each<[string, PushRequest]>([
    ['the sign in a form', post(form({ ...event, sign }))],
    ['the sign beside Data', post(form({ Data: JSON.stringify(event), sign }))],
    ['the sign in a JSON order', json({ ...event, status: 550, sign })],
    ['the sign in each of a list', json([{ ...event, sign }])],
    ['the token', json({ api_token: token, data: [event, event] })],
    ['the token in the query', { ...post(form(event)), query: `api_token=${token}` }],
    ['nothing, about a product', post(form({ event_type: 'product_status' }))],
  ])('may be %s', (_name, request) => {
    expect(check(request)).toBe('right')
  })

  it.each<[string, PushRequest, 'sign' | 'token']>([
    ['no proof', post(form(event)), 'sign'],
    ['an empty sign', post(form({ ...event, sign: '' })), 'sign'],
    ['a sign in capitals', post(form({ ...event, sign: sign.toUpperCase() })), 'sign'],
    ['a sign of another status', post(form({ ...event, status: '470', sign })), 'sign'],
    ['another token', json({ ...event, api_token: 'k7Qy' }), 'token'],
    ['another token beside a right sign', post(form({ ...event, sign, api_token: '' })), 'token'],
    ['a right token beside a wrong sign', post(form({ ...event, sign: 'x', api_token: token })), 'sign'],
    [
      'an unsigned order beside a signed one',
      json([
        { ...event, sign },
        { ...event, outer_id: 'W2' },
      ]),
      'sign',
    ],
  ])('is not %s', (_name, request, wrong) => {
    expect(check(request)).toBe(wrong)
  })

  it('is not asked for where no token is set', () => {
    expect(check(post(form({ ...event, sign: 'wrong' })), '')).toBe('right')
  })
})

describe('any push at all', () => {
  const anyBody = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.json().map(bytes),
    fc
      .dictionary(
        fc.string(),
        fc.jsonValue().map((value) => JSON.stringify(value)),
      )
      .map((all) => bytes(form(all))),
    fc
      .array(
        fc.record(
          { order_no: fc.jsonValue(), status: fc.jsonValue(), ['__proto__']: fc.jsonValue() },
          { requiredKeys: [] },
        ),
      )
      .map((all) => bytes(JSON.stringify(all))),
  )
  const anyRequest = fc.record({
    method: fc.constantFrom('GET', 'POST'),
    contentType: fc.oneof(
      fc.constantFrom('', 'application/json', 'multipart/form-data; boundary=a', 'text/plain; charset=gbk'),
      fc.string(),
    ),
    query: fc.string(),
    body: anyBody,
  })

  /** What no reading may take longer than, however busy the machine: a second, and one more for every megabyte. */
  const longestMs = (request: PushRequest): number => 1_000 + (request.body.length + request.query.length) / 1_000

  it('is read without a throw or a hang, gives at least one item, and every order has a number', () => {
    fc.assert(
      fc.property(anyRequest, fc.string(), (request, apiToken) => {
        const startedAt = performance.now()
        const opened = openPush(request)
        isPing(opened)
        checkPush(opened, apiToken)
        const items = readPush(request)
        expect(performance.now() - startedAt, 'a hang').toBeLessThan(longestMs(request))
        expect(items.length).toBeGreaterThan(0)
        for (const item of items) {
          if (item.kind !== 'order') continue
          expect(item.order.orderNo ?? item.order.ownNo).toBeTruthy()
          expect(Object.keys(item.order.axes)).toEqual([...axes])
        }
      }),
      { numRuns: 10_000 },
    )
  }, 60_000)

  const million = 1_000_000
  it.each<[string, string, string]>([
    ['brackets without an end', 'application/json', '['.repeat(million)],
    ['objects that nest deep', 'application/json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    ['ten megabytes of quotes', 'application/json', `{"data":"${'\\"'.repeat(5 * million)}"}`],
    ['ten megabytes of nothing but &', 'application/x-www-form-urlencoded', '&'.repeat(10 * million)],
    ['ten megabytes of percent signs', 'application/x-www-form-urlencoded', `a=${'%'.repeat(10 * million)}`],
    ['a form of a million names', 'application/x-www-form-urlencoded', 'a=1&'.repeat(million)],
    ['a million boundaries', 'multipart/form-data; boundary=a', '--a\r\n'.repeat(million)],
    [
      'a boundary that almost matches everywhere',
      `multipart/form-data; boundary=${'-'.repeat(99)}`,
      '-'.repeat(10 * million),
    ],
    ['strings within strings', 'application/json', nestedString(12)],
    ['half a million empty objects', 'application/json', `[${'{},'.repeat(500_000)}{}]`],
    [
      'an object of a hundred thousand keys',
      'application/json',
      `{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":{}`).join(',')}}`,
    ],
  ])(
    'that is made to be hard on its reader neither throws nor hangs: %s',
    (_what, contentType, body) => {
      const request = post(body, contentType)
      const startedAt = performance.now()
      checkPush(openPush(request), 'token')
      expect(readPush(request).length).toBeGreaterThan(0)
      expect(performance.now() - startedAt, 'a hang').toBeLessThan(2 * longestMs(request))
    },
    60_000,
  )

  function nestedString(depth: number): string {
    let text = '{"order_no":"1"}'
    for (let level = 0; level < depth; level += 1) text = JSON.stringify({ data: text })
    return text
  }
})

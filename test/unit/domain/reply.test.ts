import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readReply, type ReadReply } from '#domain/reply.ts'

const order = { order_sn: '0020240901001', status: 550, goods_name: '流量王29元', mobile: '13800138000' }

function read(body: unknown, { httpStatus = 200, known = [] as string[] } = {}): ReadReply {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return readReply(text, { httpStatus, knownCodes: new Set(known) })
}

describe('understood, on an account that never got a reply before', () => {
  it.each([
    ['orders with code 200', { code: 200, msg: 'ok', data: [order] }, 1],
    ['orders with a code nobody knows', { code: 777, msg: '', data: [order] }, 1],
    ['orders beside words of failure', { code: 200, msg: '部分同步失败', data: [order] }, 1],
    [
      'orders whose own words sound like failure',
      { code: 1, data: [{ ...order, status: '审核失败', reason: '签名错误,token无效' }] },
      1,
    ],
    ['a bare array', [order], 1],
    ['an inner envelope', { code: 200, data: { msg: { code: 0, info: '' }, data: [order] } }, 1],
    [
      'an inner envelope as a JSON string',
      { code: '0000', data: JSON.stringify({ msg: { code: 0, info: '' }, data: [order] }) },
      1,
    ],
    ['a JSON string within a JSON string', { code: 1, data: JSON.stringify(JSON.stringify([order])) }, 1],
    ['an empty list', { code: 200, msg: 'success', data: [] }, 0],
    ['an empty list with a code nobody knows', { code: 31, msg: '嗯', data: [] }, 0],
    ['an empty list in an object', { code: 0, data: { list: [], total: 0 } }, 0],
    ['an empty list as a JSON string', { code: 0, data: '[]' }, 0],
    ['an empty bare array', [], 0],
    ['"" with 200', { code: 200, msg: '', data: '' }, 0],
    ['null with 200', { code: '200', msg: null, data: null }, 0],
    ['{} with 0000', { code: '0000', data: {} }, 0],
    ['"" with good words', { code: 1, msg: '请求成功', data: '' }, 0],
    ['null with good words', { code: 0, msg: 'success', data: null }, 0],
    ['an empty inner list', { code: 200, data: { msg: { code: 0, info: 'ok' }, data: [] } }, 0],
    ['a sentence about a push in data', { code: 200, msg: 'ok', data: '同步成功 12 条' }, 0],
    ['a sentence about a push in msg', { code: 9, msg: '推送成功' }, 0],
    ['a push of which none failed', { code: 1, msg: '同步成功12条,失败0条' }, 0],
    ['a push with "错误 0"', { code: 1, msg: '推送完成 12 条 错误:0' }, 0],
    ['nothing new, said in words', { code: 7, msg: '暂无数据' }, 0],
    ['nothing new, said in other words', { code: 7, msg: '没有需要同步的订单', data: null }, 0],
    ['no such orders', { code: 1, msg: '订单不存在', data: null }, 0],
  ])('%s', (_title, body, orders) => {
    const reply = read(body)
    expect(reply).toMatchObject({ outcome: 'understood', error: null, didNothing: false })
    expect(reply.mapped.orders).toHaveLength(orders)
  })

  it('elements of which none can be read, and all are kept', () => {
    const reply = read({ code: 200, data: [{ foo: 1 }, 'bar', 7] })
    expect(reply.outcome).toBe('understood')
    expect(reply.mapped.unreadable.map(({ reason }) => reason)).toEqual(['noOrderNumber', 'notAnObject', 'notAnObject'])
  })
})

describe('unclear, until the code was seen with orders or with an empty list', () => {
  it.each([
    ['success without data', { code: 200, msg: 'ok' }, '200'],
    ['a strange code and word', { code: 9, msg: '嗯', data: null }, '9'],
    ['a strange sentence in data', { code: 1, msg: '', data: '任务编号甲' }, '1'],
    ['an object that holds no list', { code: 1, data: { kind: 'x' } }, '1'],
    ['an offline notice', { code: -1, msg: '接口已下线', data: '' }, '-1'],
    ['a count', { code: 0, msg: '', data: 12 }, '0'],
    [
      'an inner code that is not the outer one',
      { code: 200, data: { msg: { code: 5, info: '哦' }, data: null } },
      '200/5',
    ],
  ])('%s', (_title, body, code) => {
    expect(read(body)).toMatchObject({ outcome: 'unclear', error: null, didNothing: false, code })
    expect(read(body, { known: [code] })).toMatchObject({ outcome: 'understood', error: null, code })
  })

  it.each(['null', 'true', '12', '"SUCCESS"', '{}'])('the bare JSON value %s', (text) => {
    expect(read(text)).toMatchObject({ outcome: 'unclear', error: null, code: null })
  })
})

describe('refused', () => {
  it.each([
    // documented codes, as number, text, HTTP status or inner code
    [{ code: 403, msg: '' }, 'unauthorised', true],
    [{ code: '403', msg: '没有权限' }, 'unauthorised', true],
    [{ code: 400, msg: '参数传递不正确' }, 'badParameters', true],
    [{ code: 500, msg: '服务器内部错误' }, 'upstreamFault', false],
    [{ code: 502, msg: '' }, 'upstreamFault', false],
    [{ code: 401, msg: '' }, 'unauthorised', true],
    [{ code: 429, msg: '' }, 'tooFast', true],
    [{ code: 200, data: { msg: { code: 403, info: 'denied' }, data: '' } }, 'unauthorised', true],
    // words refine a code
    [{ code: 403, msg: '请求过于频繁,请稍后再试' }, 'tooFast', true],
    [{ code: 403, msg: '今日调用次数已用完' }, 'quotaUsed', true],
    [{ code: 400, msg: '签名错误' }, 'unauthorised', true],
    [{ code: 500, msg: '访问频率过快' }, 'tooFast', true],
    [{ code: 500, msg: '已达每日上限' }, 'quotaUsed', true],
    [{ code: 500, msg: 'token无效' }, 'unauthorised', false],
    // words alone, whatever the code
    [{ code: 200, msg: '签名校验失败' }, 'unauthorised', true],
    [{ code: 1, msg: '密钥无效', data: '' }, 'unauthorised', true],
    [{ code: 0, msg: 'token已过期', data: null }, 'unauthorised', true],
    [{ code: 0, msg: '账号或密码错误', data: [] }, 'unauthorised', true],
    [{ code: 1, msg: '账号已被禁用' }, 'unauthorised', true],
    [{ code: 1, msg: '用户不存在' }, 'unauthorised', true],
    [{ code: 1, msg: '未授权' }, 'unauthorised', true],
    [{ code: 1, msg: '请先登录' }, 'unauthorised', true],
    [{ code: 1, msg: 'invalid api_key' }, 'unauthorised', true],
    [{ code: 1, msg: '权限不足' }, 'unauthorised', true],
    [{ code: 1, msg: '缺少参数key' }, 'badParameters', true],
    [{ code: 1, msg: '参数错误' }, 'badParameters', true],
    [{ code: 1, msg: '开始时间格式不正确' }, 'badParameters', true],
    [{ code: 1, msg: '请求过快,1秒1次' }, 'tooFast', true],
    [{ code: 1, msg: '操作频繁' }, 'tooFast', true],
    [{ code: 1, msg: 'Too Many Requests' }, 'tooFast', true],
    [{ code: 1, msg: '超出QPS限制' }, 'tooFast', true],
    [{ code: 1, msg: '今日请求次数已达上限' }, 'quotaUsed', true],
    [{ code: 1, msg: '超出每日限制' }, 'quotaUsed', true],
    [{ code: 1, msg: '额度不足' }, 'quotaUsed', true],
    [{ code: 1, msg: 'daily limit exceeded' }, 'quotaUsed', true],
    [{ code: 1, msg: '系统维护中' }, 'upstreamRefused', false],
    [{ code: 1, msg: '同步失败' }, 'upstreamRefused', false],
    [{ code: 1, msg: '余额不足' }, 'upstreamRefused', false],
    [{ code: 1, msg: '推送成功0条,失败12条' }, 'upstreamRefused', false],
    [{ code: 200, msg: 'ok', data: '登录失败,密码错误' }, 'unauthorised', true],
    [{ code: 200, msg: 'ok', data: '{"msg":{"code":1,"info":"签名错误"},"data":""}' }, 'unauthorised', true],
    ['"接口维护中"', 'upstreamRefused', false],
  ])('%j: %s, surely did nothing: %s', (body, error, didNothing) => {
    expect(read(body)).toMatchObject({ outcome: 'refused', error, didNothing })
    expect(read(body, { known: ['0', '1', '200'] }).outcome).toBe('refused')
  })

  it.each([
    [403, 'unauthorised', true],
    [400, 'badParameters', true],
    [401, 'unauthorised', true],
    [429, 'tooFast', true],
    [500, 'upstreamFault', false],
    [503, 'upstreamFault', false],
    [404, 'upstreamRefused', false],
  ])('by HTTP status %i alone: %s', (httpStatus, error, didNothing) => {
    expect(read({ code: 1, msg: '' }, { httpStatus })).toMatchObject({ outcome: 'refused', error, didNothing })
  })

  it('with orders in spite of it: they are handed on, and the call surely did something', () => {
    const reply = read({ code: 403, msg: '没有权限', data: [order] })
    expect(reply).toMatchObject({ outcome: 'refused', error: 'unauthorised', didNothing: false })
    expect(reply.mapped.orders).toHaveLength(1)
  })

  it.each([
    '剩余次数9000',
    '今日剩余额度 8800 次',
    '请求成功,频率限制 1秒1次',
    '失败0条',
    '错误:0',
    '0条失败',
    '无错误',
    '没有失败的订单',
    'no error',
    'success, 0 errors',
    '失败数:0',
  ])('by no means with "%s"', (msg) => {
    expect(read({ code: 200, msg, data: [] })).toMatchObject({ outcome: 'understood', said: msg })
  })

  it('with "失败10条", for 10 is not 0', () => {
    expect(read({ code: 200, msg: '失败10条', data: [] }).outcome).toBe('refused')
  })
})

describe('not JSON', () => {
  it.each([
    ['', 200, 'notJson', false, null],
    ['同步成功', 200, 'notJson', false, '同步成功'],
    ['{"code":200,"data":[{"order_sn":"1"', 200, 'notJson', false, null],
    [
      '<!DOCTYPE html><html><head><title> 登录 - 控制台 </title></head><body>x</body></html>',
      200,
      'notJson',
      false,
      '登录 - 控制台',
    ],
    ['<html><body><h1>oops</h1></body></html>', 200, 'notJson', false, null],
    ['<html><title>502 Bad Gateway</title></html>', 502, 'upstreamFault', false, '502 Bad Gateway'],
    ['<html><title>403 Forbidden</title></html>', 403, 'unauthorised', true, '403 Forbidden'],
    ['Bad Request', 400, 'badParameters', true, 'Bad Request'],
    ['slow down', 429, 'tooFast', true, 'slow down'],
  ])('%j with HTTP %i', (text, httpStatus, error, didNothing, said) => {
    expect(read(text, { httpStatus })).toMatchObject({ outcome: 'refused', error, didNothing, said, code: null })
  })

  it('says no more than a short line', () => {
    expect(read('长'.repeat(5_000)).said!.length).toBeLessThanOrEqual(201)
    expect(read(`<title>${'长'.repeat(250)}</title>`).said!.length).toBeLessThanOrEqual(201)
  })
})

describe('what the upstream said', () => {
  it('joins msg and a sentence in data, each once, without markup', () => {
    expect(read({ code: 200, msg: 'ok', data: '<b>同步成功</b>\n12 条' }).said).toBe('ok · 同步成功 12 条')
    expect(read({ code: 200, msg: '同步成功', data: '同步成功' }).said).toBe('同步成功')
    expect(read({ code: 200, data: { msg: { code: 0, info: '已推送' }, data: '' } }).said).toBe('已推送')
    expect(read({ code: 200, msg: '', data: [] }).said).toBeNull()
  })
  it('is never taken from the orders', () => {
    expect(read({ code: 200, msg: '好', data: [{ ...order, msg: '客户的话' }] }).said).toBe('好')
  })
  it('nor is it from a single order', () => {
    const reply = read({ code: 200, msg: '好', data: { ...order, code: 500, message: '签名错误' } })
    expect(reply).toMatchObject({ outcome: 'understood', code: '200', said: '好' })
    expect(reply.mapped.orders).toHaveLength(1)
  })
  it('shows a code as it came', () => {
    expect(read({ code: '0000', data: [] }).code).toBe('0000')
    expect(read({ code: 200, data: [] }).code).toBe('200')
    expect(read({ data: [] }).code).toBeNull()
  })
  it('gives the total it states', () => {
    expect(read({ code: 200, data: { list: [order], total: '57' } }).total).toBe(57)
    expect(read({ code: 200, count: 3, data: [order] }).total).toBe(3)
    expect(read({ code: 200, data: [order] }).total).toBeNull()
  })
})

describe('whatever the body', () => {
  const words = fc.constantFrom('ok', '签名错误', '暂无数据', '同步成功 12 条', '频繁', '')
  const envelope = fc.record(
    {
      code: fc.oneof(fc.integer(), fc.constantFrom('0000', '403', 200, 500, null)),
      msg: fc.oneof(words, fc.jsonValue()),
      data: fc.oneof(fc.jsonValue(), fc.json(), words),
    },
    { requiredKeys: [] },
  )

  it('reading never throws, and an outcome has an error exactly where it is refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          envelope.map((value) => JSON.stringify(value)),
        ),
        fc.constantFrom(200, 403, 500),
        (text, httpStatus) => {
          const reply = read(text, { httpStatus })
          expect(reply.outcome === 'refused').toBe(reply.error !== null)
          if (reply.didNothing) {
            expect(['unauthorised', 'badParameters', 'tooFast', 'quotaUsed']).toContain(reply.error)
            expect(reply.mapped.orders).toHaveLength(0)
          }
          expect((reply.said ?? '').length).toBeLessThanOrEqual(501)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

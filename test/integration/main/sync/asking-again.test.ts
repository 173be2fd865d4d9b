import { describe, expect, it } from 'vitest'
import type { ErrorCode } from '#shared/errors.ts'
import type { RunOutcome } from '#shared/contract/sync.ts'
import { anOrder, json, orders, startOddUpstream, type Answering } from '../../../support/odd-upstream.ts'
import { openSyncDesk, syncedBefore } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

type Kind = 'incremental' | 'range'

/** One incremental sync with an upstream that answers like this; which calls it saw. */
async function syncWith(answer: Answering, timeoutMs = 300) {
  await using upstream = await startOddUpstream(answer)
  const account = anAccount({ gateway: upstream.url, timeoutMs })
  await using desk = await openSyncDesk([account])
  await syncedBefore(desk.database, account.id)
  const runs = await desk.sync()
  const kinds = upstream.seen.map(({ parameters }): Kind => (parameters.has('start') ? 'range' : 'incremental'))
  return { run: runs[0]!, runs, kinds, seen: upstream.seen, open: await desk.openRequests(), rows: await desk.rows() }
}

/** Spoils the first so many calls, then answers well. */
const firstThen =
  (spoiled: number, spoil: Answering, well: Answering): Answering =>
  (request, response, index) =>
    (index < spoiled ? spoil : well)(request, response, index)

const twoOrders: Answering = (_request, response) => orders(response, [anOrder(1), anOrder(2)])
const refuse =
  (code: number, msg: string, status = 200): Answering =>
  (_request, response) =>
    json(response, { code, msg, data: '' }, status)

describe('a call that surely did nothing', () => {
  it('is asked again after the upstream said it came too fast', async () => {
    const { run, kinds, open } = await syncWith(firstThen(1, refuse(400, '请求过于频繁，请稍后再试'), twoOrders))
    expect(kinds).toEqual(['incremental', 'incremental'])
    expect(run).toMatchObject({ outcome: 'understood', requests: 2, new: 2, error: null })
    expect(open).toBe(0)
  })

  it('is asked three times at most', async () => {
    const { run, kinds, open } = await syncWith(refuse(400, '请求过于频繁，请稍后再试'))
    expect(kinds).toEqual(['incremental', 'incremental', 'incremental'])
    expect(run).toMatchObject({ outcome: 'refused', requests: 3, error: { code: 'tooFast' } })
    expect(open, 'surely nothing was delivered').toBe(0)
  })

  it.each([
    ['no permission', 403, '没有权限', 200, 'unauthorised'],
    ['no permission, told by the HTTP status too', 403, '没有权限', 403, 'unauthorised'],
    ['bad parameters', 400, '参数传递不正确', 200, 'badParameters'],
  ])('is not asked again where that cannot help: %s', async (_what, code, msg, status, error) => {
    const { run, kinds, open } = await syncWith(refuse(code, msg, status))
    expect(kinds).toEqual(['incremental'])
    expect(run).toMatchObject({ outcome: 'refused', error: { code: error }, said: msg })
    expect(open).toBe(0)
  })

  it('is asked three times when nobody listens, and every attempt counts', async () => {
    const upstream = await startOddUpstream(twoOrders)
    await upstream.close()
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await syncedBefore(desk.database, account.id)
    const [run] = await desk.sync()
    expect(run).toMatchObject({ outcome: 'failed', requests: 3, error: { code: 'network' } })
    expect((await desk.service.quota(account.id)).used).toBe(3)
    expect(await desk.openRequests()).toBe(0)
  })
})

const cutOff: Answering = (_request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' })
  response.write('{"code":200,"data":[{"order_sn":"2025', () => response.destroy())
}

const unknown: readonly (readonly [string, Answering, ErrorCode])[] = [
  ['no answer came in time', () => undefined, 'timeout'],
  ['the reply was cut off', cutOff, 'network'],
  ['the connection broke', (_request, response) => void response.destroy(), 'network'],
  ['the upstream said 500', refuse(500, '服务器内部错误'), 'upstreamFault'],
  ['the HTTP status was 502', (_request, response) => void response.writeHead(502).end('bad gateway'), 'upstreamFault'],
  ['a web page came', (_request, response) => void response.end('<html><title>维护中</title></html>'), 'notJson'],
  ['half a JSON came', (_request, response) => void response.end('{"code":200,"data":[{"order_sn":'), 'notJson'],
  ['it was redirected', (_request, response) => void response.writeHead(302, { location: '/' }).end(), 'redirected'],
  ['the upstream only said that it failed', refuse(201, '系统维护中'), 'upstreamRefused'],
]

describe('an incremental call whose outcome is unknown', () => {
  it.each(unknown)('is never repeated but repaired by range in the same run: %s', async (_what, spoil) => {
    const { run, runs, kinds, open, rows, seen } = await syncWith(firstThen(1, spoil, twoOrders))
    expect(kinds).toEqual(['incremental', 'range'])
    expect(runs).toHaveLength(1)
    expect(run).toMatchObject({ outcome: 'understood', requests: 2, new: 2, error: null })
    expect(open).toBe(0)
    expect(rows).toHaveLength(2)
    const [start, end] = ['start', 'end'].map((name) => Date.parse(`${seen[1]?.parameters.get(name)}+08:00`))
    expect(Math.round((end! - start!) / 86_400_000)).toBe(9)
  })

  it.each(unknown)('stays open where the range fails too: %s', async (_what, spoil, code) => {
    const { run, kinds, open } = await syncWith(spoil, 100)
    expect(run).toMatchObject({ outcome: 'open', error: { code } } satisfies { outcome: RunOutcome; error: object })
    expect(kinds.filter((kind) => kind === 'incremental')).toHaveLength(1)
    expect(kinds.length).toBeGreaterThan(1)
    expect(kinds.length).toBeLessThan(20)
    expect(open).toBeGreaterThanOrEqual(1)
  })

  it('is repaired from the creation day of the oldest unfinished order where that is further back', async () => {
    const created = `${new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 10)} 12:00:00`
    const old = anOrder(1, { create_time: created })
    await using upstream = await startOddUpstream((_request, response) => orders(response, [old]))
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await desk.sync()
    upstream.answer = firstThen(2, cutOff, twoOrders)
    await desk.sync()
    expect(upstream.seen[2]?.parameters.get('start')).toBe(created.replace('12:00:00', '00:00:00'))
  })
})

describe('a range', () => {
  it.each([
    ['the reply was cut off', cutOff],
    ['a web page came', unknown[5]![1]],
  ])('is asked again as it was, three times at most, when %s', async (_what, spoil) => {
    await using upstream = await startOddUpstream(firstThen(2, spoil, twoOrders))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const [run] = await desk.sync()
    expect(run).toMatchObject({ purpose: 'firstSync', outcome: 'understood', requests: 3, new: 2 })
    expect(new Set(upstream.seen.map(({ query }) => query)).size).toBe(1)
    expect(await desk.openRequests()).toBe(0)
  })

  it('waits longer before each further try, with jitter', async () => {
    await using upstream = await startOddUpstream(firstThen(2, cutOff, twoOrders))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })], { backoffMs: 100, random: () => 0.5 })
    await desk.sync()
    const [first, second, third] = upstream.seen.map(({ arrivedAt }) => arrivedAt)
    expect(second! - first!).toBeGreaterThanOrEqual(75)
    expect(third! - second!).toBeGreaterThanOrEqual(150)
  })
})

describe('replies that are no failure', () => {
  it('shows an unclear reply in the upstream’s own words', async () => {
    const { run, open, kinds } = await syncWith(refuse(7, '今天天气不错'))
    expect(run).toMatchObject({ outcome: 'unclear', said: '今天天气不错', error: null })
    expect(open).toBe(0)
    expect(kinds).toEqual(['incremental'])
  })

  it('takes a sentence about a push for what the upstream said', async () => {
    const { run } = await syncWith((_request, response) =>
      json(response, { code: 1, msg: '成功', data: '同步成功 12 条' }),
    )
    expect(run).toMatchObject({ outcome: 'understood', received: 0, error: null })
    expect(run.said).toContain('同步成功 12 条')
  })

  it('is too large beyond the bound, and then read in smaller windows', async () => {
    const much = Array.from({ length: 200 }, (_value, n) => anOrder(n))
    await using upstream = await startOddUpstream((request, response) => {
      const spanMs = Date.parse(request.parameters.get('end')!) - Date.parse(request.parameters.get('start')!)
      orders(response, spanMs > 4 * 86_400_000 ? much : much.slice(0, 2))
    })
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })], { maxReplyBytes: 20_000 })
    const [run] = await desk.sync()
    expect(run).toMatchObject({ outcome: 'understood', requests: 3, new: 2 })
    expect(await desk.openRequests()).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import { anOrder, orders, startOddUpstream, type OddUpstream } from '../../../support/odd-upstream.ts'
import { openSyncDesk, syncedBefore, type SyncDesk } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const year = { from: '2024-01-01 00:00:00', to: '2024-12-31 23:59:59' }
const pieces = (desk: SyncDesk, accountId: string) =>
  desk.service.state(accountId).then(({ unread }) => unread.map(({ range }) => range))
const asked = ({ seen }: OddUpstream) =>
  seen.map(({ parameters }) => ({ from: parameters.get('start') ?? '', to: parameters.get('end') ?? '' }))

/** An upstream that answers well until so many calls were made, then as told. */
async function worksFor(calls: number, then: 'cut' | '500' | 'cancel') {
  const cancel = { now: () => undefined as unknown }
  const upstream = await startOddUpstream((_request, response, index) => {
    if (index < calls) return orders(response, [])
    if (then === 'cut') return void response.destroy()
    if (then === '500') return void response.writeHead(500).end()
    cancel.now()
    return orders(response, [])
  })
  return { upstream, cancel }
}

describe('a range that does not get through', () => {
  it.each(['cut', '500', 'cancel'] as const)('continues where it stopped with the next sync: %s', async (how) => {
    const { upstream, cancel } = await worksFor(2, how)
    await using closing = upstream
    expect(closing).toBeDefined()
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await syncedBefore(desk.database, account.id)
    cancel.now = () => void desk.service.cancel(account.id)
    const [stopped] = await desk.sync({ range: year })
    expect(stopped?.outcome).not.toBe('understood')
    const read = asked(upstream).slice(0, how === 'cancel' ? 3 : 2)
    const reached = read.at(-1)!.to
    expect(await pieces(desk, account.id)).toEqual([{ from: reached, to: year.to }])

    const before = upstream.seen.length
    upstream.answer = (_request, response) => orders(response, [anOrder(1)])
    const runs = await desk.sync()
    expect(runs.at(-1)).toMatchObject({ purpose: 'resume', outcome: 'understood' })
    const ranged = asked(upstream)
      .slice(before)
      .filter(({ from }) => from !== '')
    expect(
      ranged.every(({ from }) => from >= reached),
      'nothing that was read is asked again',
    ).toBe(true)
    expect(await pieces(desk, account.id)).toEqual([])
    expect(await desk.openRequests()).toBe(0)
  })

  it('continues after the app was killed in the middle of it', async () => {
    const { upstream } = await worksFor(2, '500')
    await using closing = upstream
    expect(closing).toBeDefined()
    const account = anAccount({ gateway: upstream.url })
    const first = await openSyncDesk([account])
    await using closingFirst = first
    expect(closingFirst).toBeDefined()
    upstream.answer = (_request, response, index) => {
      if (index === 2) return void first.database.crash().then(() => response.destroy())
      return orders(response, [])
    }
    await first.sync({ range: year }).catch(() => undefined)
    const reached = asked(upstream)[1]!.to

    await using second = await openSyncDesk([account], { folder: first.database.folder })
    expect(await pieces(second, account.id)).toEqual([{ from: reached, to: year.to }])
    upstream.answer = (_request, response) => orders(response, [])
    const runs = await second.service.resume(account.id)
    expect(runs.every(({ outcome }) => outcome === 'understood')).toBe(true)
    expect(await pieces(second, account.id)).toEqual([])
  })

  it('waits where the merchant wants neither, and is forgotten when it is dropped', async () => {
    const { upstream } = await worksFor(1, 'cut')
    await using closing = upstream
    expect(closing).toBeDefined()
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await desk.sync({ range: year })
    expect(await pieces(desk, account.id)).toHaveLength(1)
    await desk.service.dropUnread(account.id)
    expect(await pieces(desk, account.id)).toEqual([])
  })

  it('is not asked for again and again where the upstream calls it wrong', async () => {
    await using upstream = await startOddUpstream((_request, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end('{"code":400,"msg":"参数传递不正确","data":""}'),
    )
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await desk.sync({ range: year })
    await desk.service.resume(account.id)
    expect(await pieces(desk, account.id)).toEqual([])
  })
})

describe('an upstream that caps its replies', () => {
  const spread = Array.from({ length: 260 }, (_unused, index) =>
    anOrder(index, {
      create_time: `2024-01-${String(1 + (index % 28)).padStart(2, '0')} ${String(index % 24).padStart(2, '0')}:00:00`,
    }),
  ) as { create_time: string }[]

  /** Never more than 100 orders a reply, the newest ones; `total` says how many there are. */
  const caps =
    (total: boolean): Parameters<typeof startOddUpstream>[0] =>
    ({ parameters }, response) => {
      const [start, end] = [parameters.get('start') ?? '0', parameters.get('end') ?? '9']
      const inside = spread.filter(({ create_time: time }) => start <= time && time <= end)
      const list = inside.slice(-100)
      const data = total ? { total: inside.length, list } : list
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: 200, msg: '成功', data }))
    }

  it('is asked in halves until its own total agrees, and nothing stays open', async () => {
    await using upstream = await startOddUpstream(caps(true))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const [run] = await desk.sync({ range: { from: '2024-01-01 00:00:00', to: '2024-01-31 23:59:59' } })
    expect(run).toMatchObject({ outcome: 'understood', error: null })
    expect(await desk.rows()).toHaveLength(260)
    expect(await desk.openRequests()).toBe(0)
  })

  it('is noticed by the same round number of two windows, the first of which is read again', async () => {
    await using upstream = await startOddUpstream(caps(false))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const first = { from: '2024-01-01 00:00:00', to: '2024-01-14 23:59:59' }
    await desk.sync({ range: first })
    expect(await desk.rows(), 'one round number alone proves nothing').toHaveLength(100)
    const second = { from: '2024-01-15 00:00:00', to: '2024-01-31 23:59:59' }
    await desk.sync({ range: second })
    expect(await desk.openRequests(), 'the first window waits for its repair').toBe(1)
    const runs = await desk.sync({ range: second })
    expect(runs.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['repair', 'understood'],
      ['range', 'understood'],
    ])
    expect(await desk.rows()).toHaveLength(260)
    expect(await desk.openRequests()).toBe(0)
  })

  it('has what an incremental call left out read by range', async () => {
    await using upstream = await startOddUpstream((request, response) => {
      const ranged = request.parameters.has('start')
      const list = Array.from({ length: ranged ? 120 : 100 }, (_unused, n) => anOrder(n))
      const data = { total: 120, list }
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: 200, msg: '成功', data }))
    })
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await syncedBefore(desk.database, account.id)
    const [run] = await desk.sync()
    expect(run).toMatchObject({ outcome: 'understood', error: null })
    expect(
      upstream.seen.filter(({ parameters }) => !parameters.has('start')),
      'never asked again as it was',
    ).toHaveLength(1)
    expect(await desk.rows()).toHaveLength(120)
    expect(await desk.openRequests()).toBe(0)
  })

  it('is believed where its total counts something else than the window', async () => {
    await using upstream = await startOddUpstream(({ parameters }, response) => {
      const [start, end] = [parameters.get('start') ?? '', parameters.get('end') ?? '']
      const list = spread.filter(({ create_time: time }) => start <= time && time <= end)
      const data = { total: 5_000, list }
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code: 200, msg: '成功', data }))
    })
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const [run] = await desk.sync({ range: { from: '2024-01-01 00:00:00', to: '2024-01-31 00:00:00' } })
    expect(run).toMatchObject({ outcome: 'understood' })
    expect(upstream.seen).toHaveLength(3)
    const [again] = await desk.sync({ range: { from: '2024-01-03 00:00:00', to: '2024-01-20 00:00:00' } })
    expect(again).toMatchObject({ outcome: 'understood', requests: 1 })
    expect(await desk.openRequests()).toBe(0)
  })
})

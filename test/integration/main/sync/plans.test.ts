import { describe, expect, it } from 'vitest'
import { anOrder, orders, startOddUpstream, type OddUpstream } from '../../../support/odd-upstream.ts'
import { openSyncDesk, syncedBefore } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const dayMs = 86_400_000

function answersWell(): Promise<OddUpstream> {
  return startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
}

/** How many days each call asked for, rounded; null: incremental. */
function spans({ seen }: OddUpstream): (number | null)[] {
  return seen.map(({ parameters }) => {
    const [start, end] = [parameters.get('start'), parameters.get('end')]
    return start === null || end === null ? null : Math.round((Date.parse(end) - Date.parse(start)) / dayMs)
  })
}

describe('which calls a sync makes', () => {
  it('after more than 6 days: the range from a day before the last one, then the incremental call, in one run', async () => {
    await using upstream = await answersWell()
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await syncedBefore(desk.database, account.id, Date.now() - 20 * dayMs)
    const runs = await desk.sync()
    expect(runs.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([['catchUp', 'understood']])
    expect(spans(upstream)).toEqual([21, null])
    await desk.sync()
    expect(spans(upstream)).toEqual([21, null, null])
  })

  it('only ranges where another program also syncs the account', async () => {
    await using upstream = await answersWell()
    const account = anAccount({ gateway: upstream.url, sharedWithOthers: true })
    await using desk = await openSyncDesk([account])
    await desk.sync()
    await desk.sync()
    await syncedBefore(desk.database, account.id)
    await desk.sync()
    expect(spans(upstream)).toEqual([7, 7, 7])
  })

  it('again the last 7 days where the first sync failed', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.destroy())
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const [failed] = await desk.sync()
    expect(failed?.outcome).toBe('open')
    upstream.answer = (_request, response) => orders(response, [])
    const runs = await desk.sync()
    expect(runs.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['repair', 'understood'],
      ['firstSync', 'understood'],
    ])
  })

  it('no incremental call after a catch-up that failed', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.destroy())
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await syncedBefore(desk.database, account.id, Date.now() - 20 * dayMs)
    await desk.sync()
    expect(spans(upstream)).toEqual([21, 21, 21])
  })

  it('by the server’s clock once it is known, however wrong the PC’s is', async () => {
    await using upstream = await answersWell()
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account], { clock: { now: () => Date.now() + 400 * dayMs } })
    await desk.sync()
    await desk.sync({ range: { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' } })
    const last = Math.max(
      ...upstream.seen.slice(1).map(({ parameters }) => Date.parse(`${parameters.get('end')}+08:00`)),
    )
    expect(Math.abs(last - Date.now() - dayMs)).toBeLessThan(120_000)
    const { clockSkewMs } = await desk.service.state(account.id)
    expect(Math.abs(clockSkewMs! + 400 * dayMs)).toBeLessThan(120_000)
  })

  it.each([400, -400])(
    'once more when the first reply shows that the PC’s clock is %d days wrong',
    async (wrongDays) => {
      await using upstream = await answersWell()
      const clock = { now: () => Date.now() + wrongDays * dayMs }
      await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })], { clock })
      const [run] = await desk.sync()
      expect(run).toMatchObject({ purpose: 'firstSync', outcome: 'understood', requests: 2 })
      expect(spans(upstream)).toEqual([7, 7])
      const end = Date.parse(`${upstream.seen[1]?.parameters.get('end')}+08:00`)
      expect(Math.abs(end - Date.now())).toBeLessThan(120_000)
    },
  )

  it.each([30, -30])(
    'a repair that covers today though the clock was %d days wrong when it began',
    async (wrongDays) => {
      await using upstream = await startOddUpstream((_request, response) => void response.destroy())
      const account = anAccount({ gateway: upstream.url })
      const clock = { now: () => Date.now() + wrongDays * dayMs }
      await using desk = await openSyncDesk([account], { clock })
      await syncedBefore(desk.database, account.id, clock.now())
      upstream.answer = (_request, response, index) => (index === 0 ? void response.destroy() : orders(response, []))
      const [run] = await desk.sync()
      expect(run?.outcome).toBe('understood')
      const last = upstream.seen.at(-1)!.parameters
      const [start, end] = ['start', 'end'].map((name) => Date.parse(`${last.get(name)}+08:00`))
      expect(start).toBeLessThan(Date.now() - 7 * dayMs)
      expect(end).toBeGreaterThan(Date.now() + dayMs - 120_000)
      expect(await desk.openRequests()).toBe(0)
    },
  )

  it('nothing, and that is understood, where the chosen range lies wholly ahead', async () => {
    await using upstream = await answersWell()
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const [run] = await desk.sync({ range: { from: '2098-01-01 00:00:00', to: '2099-01-01 00:00:00' } })
    expect(run).toMatchObject({ outcome: 'understood', requests: 0 })
  })

  it('goes on with the other type when one fails', async () => {
    await using upstream = await startOddUpstream((request, response) =>
      request.parameters.get('type') === '1' ? void response.destroy() : orders(response, [anOrder(1)]),
    )
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const runs = await desk.sync({ types: ['own', 'distributor'] })
    expect(runs.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['own', 'open'],
      ['distributor', 'understood'],
    ])
  })
})

describe('a window that asks too much', () => {
  const hours = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 3_600_000

  it('is halved down to an hour, which is reported while everything else is read', async () => {
    const poison = '2025-01-03 12:34:00'
    await using upstream = await startOddUpstream(({ parameters }, response) => {
      const [start = '', end = ''] = [parameters.get('start') ?? '', parameters.get('end') ?? '']
      if (start <= poison && poison <= end)
        return void response.writeHead(500).end('{"code":500,"msg":"服务器内部错误"}')
      const all = ['2025-01-01 10:00:00', '2025-01-05 10:00:00', '2025-01-08 23:00:00']
      const inside = all.filter((time) => start <= time && time <= end)
      return orders(
        response,
        inside.map((time) => anOrder(all.indexOf(time), { create_time: time })),
      )
    })
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const [run] = await desk.sync({ range: { from: '2025-01-01 00:00:00', to: '2025-01-09 00:00:00' } })
    expect(run).toMatchObject({ outcome: 'partial', error: { code: 'upstreamFault' } })
    expect(await desk.rows()).toHaveLength(3)
    const smallest = Math.min(
      ...upstream.seen.map(({ parameters }) => hours(parameters.get('start')!, parameters.get('end')!)),
    )
    expect(smallest).toBeGreaterThan(0.4)
    expect(smallest).toBeLessThanOrEqual(1)
    expect(await desk.openRequests(), 'the hour waits for repair').toBe(1)
  })

  it('waits for repair, and the next sync reads it once the upstream is well', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.writeHead(500).end())
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await desk.sync()
    expect(await desk.openRequests()).toBeGreaterThan(0)
    upstream.answer = (_request, response) => orders(response, [anOrder(1)])
    const runs = await desk.sync()
    expect(runs.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['repair', 'understood'],
      ['firstSync', 'understood'],
    ])
    expect(await desk.openRequests()).toBe(0)
  })

  it('does not pile up open requests while it stays unreadable', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.writeHead(500).end())
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const counts: number[] = []
    for (let round = 0; round < 4; round += 1) {
      await desk.sync({ range: { from: '2025-01-01 00:00:00', to: '2025-01-01 01:00:00' } })
      counts.push(await desk.openRequests())
    }
    expect(Math.max(...counts)).toBeLessThanOrEqual(2)
  })
})

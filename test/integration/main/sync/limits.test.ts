import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { anOrder, json, orders, startOddUpstream, type OddUpstream } from '../../../support/odd-upstream.ts'
import { openSyncDesk, syncedBefore } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const intervalMs = 120

/** Time between one call and the next as the server saw them, in ms. */
function gaps({ seen }: OddUpstream): number[] {
  return seen.slice(1).map(({ arrivedAt }, index) => arrivedAt - seen[index]!.arrivedAt)
}

function answersWell(): Promise<OddUpstream> {
  return startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
}

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-sync-'))
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
}

describe('the throttle, as the server sees it', () => {
  it('keeps calls of both types apart', async () => {
    await using upstream = await answersWell()
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })], { throttleIntervalMs: intervalMs })
    await desk.sync({ types: ['own', 'distributor'] })
    await desk.sync({ types: ['own', 'distributor'] })
    expect(gaps(upstream)).toHaveLength(3)
    expect(Math.min(...gaps(upstream))).toBeGreaterThanOrEqual(intervalMs)
  })

  it('keeps two accounts of one key apart, and lets another key go', async () => {
    await using upstream = await answersWell()
    const accounts = [
      anAccount({ id: 'one', gateway: upstream.url }),
      anAccount({ id: 'two', gateway: upstream.url }),
      anAccount({ id: 'other', gateway: upstream.url, key: 'another-key' }),
    ]
    await using desk = await openSyncDesk(accounts, { throttleIntervalMs: 3_000 })
    const both = ['one', 'two'].map((accountId) => desk.sync({ accountId }))
    await desk.sync({ accountId: 'other' })
    expect(upstream.seen.map(({ parameters }) => parameters.get('key')).sort()).toEqual(['another-key', 'the-key'])
    await Promise.all(both)
    const ofOneKey = upstream.seen.filter(({ parameters }) => parameters.get('key') === 'the-key')
    expect(ofOneKey[1]!.arrivedAt - ofOneKey[0]!.arrivedAt).toBeGreaterThanOrEqual(3_000)
  })

  it('counts from the beginning of a slow reply', async () => {
    await using upstream = await startOddUpstream((_request, response) => {
      setTimeout(() => orders(response, []), 200)
    })
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })], { throttleIntervalMs: intervalMs })
    await desk.sync({ types: ['own', 'distributor'] })
    expect(gaps(upstream)[0]).toBeGreaterThanOrEqual(200 + intervalMs)
  })

  it('keeps calls apart when they are asked again', async () => {
    await using upstream = await startOddUpstream((_request, response) =>
      json(response, { code: 400, msg: '请求过于频繁' }),
    )
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })], { throttleIntervalMs: intervalMs })
    await desk.sync()
    expect(gaps(upstream)).toHaveLength(2)
    expect(Math.min(...gaps(upstream))).toBeGreaterThanOrEqual(intervalMs)
  })

  it('holds over a restart, even where the clock went back a day', async () => {
    using place = temporaryFolder()
    await using upstream = await answersWell()
    const account = anAccount({ gateway: upstream.url })
    let restartedAt = 0
    for (const backMs of [0, 86_400_000]) {
      restartedAt = performance.now()
      const clock = { now: () => Date.now() - backMs }
      await using desk = await openSyncDesk([account], { ...place, clock, throttleIntervalMs: 1_500 })
      await desk.sync()
    }
    expect(upstream.seen[1]!.arrivedAt - restartedAt).toBeGreaterThanOrEqual(1_500)
  })
})

describe('the quota', () => {
  it('sends nothing once it is used up, and says so', async () => {
    await using upstream = await answersWell()
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account], { dailyLimit: 2 })
    await desk.sync({ types: ['own', 'distributor'] })
    const [run] = await desk.sync()
    expect(upstream.seen).toHaveLength(2)
    expect(run).toMatchObject({ outcome: 'failed', requests: 0, error: { code: 'quotaUsed' } })
    expect(await desk.service.quota(account.id)).toMatchObject({ used: 2, limit: 2, spentByUpstream: false })
    expect(await desk.openRequests()).toBe(0)
  })

  it('is shared by two accounts of one key and survives a restart and the removal of the account', async () => {
    using place = temporaryFolder()
    await using upstream = await answersWell()
    const accounts = ['one', 'two'].map((id) => anAccount({ id, gateway: upstream.url }))
    {
      await using desk = await openSyncDesk(accounts, place)
      await desk.sync({ accountId: 'one' })
      await desk.sync({ accountId: 'two' })
      await desk.database.call('accounts.forget', { accountId: 'one' })
    }
    await using desk = await openSyncDesk(accounts, { ...place, dailyLimit: 2 })
    expect(await desk.service.quota('two')).toMatchObject({ used: 2 })
    const [run] = await desk.sync({ accountId: 'two' })
    expect(run?.error?.code).toBe('quotaUsed')
    expect(upstream.seen).toHaveLength(2)
  })

  it('is believed spent until midnight when the upstream says so, before our own count', async () => {
    await using upstream = await startOddUpstream((_request, response) =>
      json(response, { code: 403, msg: '今日调用次数已达上限(10000次)，请明天再试' }),
    )
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    const [told] = await desk.sync()
    expect(told).toMatchObject({ outcome: 'failed', requests: 1, error: { code: 'quotaUsed' } })
    const [next] = await desk.sync()
    expect(next).toMatchObject({ outcome: 'failed', requests: 0, error: { code: 'quotaUsed' } })
    expect(upstream.seen).toHaveLength(1)
    expect(await desk.service.quota(account.id)).toMatchObject({ used: 1, spentByUpstream: true })
  })

  it('begins anew at Beijing midnight', async () => {
    await using upstream = await startOddUpstream((_request, response) => {
      // No Date header: it would correct the clock of this test.
      response.sendDate = false
      orders(response, [])
    })
    const account = anAccount({ gateway: upstream.url })
    let now = Date.parse('2025-03-20T23:59:00+08:00')
    await using desk = await openSyncDesk([account], { dailyLimit: 1, clock: { now: () => now } })
    await desk.sync()
    expect(await desk.service.quota(account.id)).toMatchObject({ used: 1, resetsAt: '2025-03-21 00:00:00' })
    now = Date.parse('2025-03-21T00:00:00+08:00')
    expect((await desk.service.quota(account.id)).used).toBe(0)
    const [run] = await desk.sync()
    expect(run?.outcome).toBe('understood')
  })

  it('counts attempts that a range costs, and ends a run in the middle of it', async () => {
    await using upstream = await answersWell()
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account], { dailyLimit: 2 })
    await syncedBefore(desk.database, account.id)
    const [run] = await desk.sync({ range: { from: '2020-01-01 00:00:00', to: '2025-01-01 00:00:00' } })
    expect(run).toMatchObject({ outcome: 'failed', requests: 2, error: { code: 'quotaUsed' } })
    expect(upstream.seen).toHaveLength(2)
  })
})

import { describe, expect, it } from 'vitest'
import type { SyncProgress, SyncState } from '#shared/contract/sync.ts'
import { AppError } from '#shared/errors.ts'
import { anOrder, orders, startOddUpstream } from '../../../support/odd-upstream.ts'
import { openSyncDesk, syncedBefore } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const tenYears = { from: '2014-01-01 00:00:00', to: '2024-01-01 00:00:00' }

describe('one sync an account', () => {
  it('refuses a second start, and allows it once the first has ended', async () => {
    await using upstream = await startOddUpstream(
      (_request, response) => void setTimeout(() => orders(response, []), 100),
    )
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const first = desk.sync()
    await expect(desk.sync()).rejects.toMatchObject({ code: 'syncRunning' })
    await first
    await expect(desk.sync()).resolves.toHaveLength(1)
  })

  it('waits for the repair at the start of the window instead of refusing', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.destroy())
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    await desk.sync()
    upstream.answer = (_request, response) => void setTimeout(() => orders(response, [anOrder(1)]), 100)
    const repair = desk.service.repairAll(['account-1'])
    const runs = await desk.sync()
    await repair
    expect(runs.map(({ purpose }) => purpose)).toEqual(['firstSync'])
  })

  it('starts nothing where the secrets are missing', async () => {
    await using upstream = await startOddUpstream((_request, response) => orders(response, []))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url, key: '' })])
    await expect(desk.sync()).rejects.toMatchObject({ code: 'secretsMissing' })
    await desk.service.repairAll(['account-1'])
    expect(upstream.seen).toEqual([])
  })

  it('sends nothing in the clear to another computer', async () => {
    await using desk = await openSyncDesk([anAccount({ gateway: 'http://192.0.2.1/order' })])
    await expect(desk.sync()).rejects.toMatchObject({ code: 'gatewayNotAllowed' })
  })
})

describe('a cancel', () => {
  it('lets the request that was sent be read and merged, and asks no further window', async () => {
    await using upstream = await startOddUpstream((_request, response, index) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"code":200,"data":[')
      setTimeout(() => response.end(`${JSON.stringify(anOrder(index))}]}`), 150)
    })
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const sync = desk.sync({ range: tenYears, types: ['own', 'distributor'] })
    await expect.poll(() => upstream.seen.length).toBe(2)
    expect(await desk.service.cancel('account-1')).toBe(true)
    const runs = await sync
    expect(runs.map(({ type, outcome, received }) => [type, outcome, received])).toEqual([['own', 'cancelled', 2]])
    expect(upstream.seen).toHaveLength(2)
    expect(await desk.rows()).toHaveLength(2)
    expect(await desk.openRequests()).toBe(0)
  })

  it('comes from the caller’s signal as well', async () => {
    await using upstream = await startOddUpstream(
      (_request, response) => void setTimeout(() => orders(response, []), 100),
    )
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const abort = new AbortController()
    const input = { accountId: 'account-1', types: ['own'], channel: 'sync', range: tenYears } as const
    const sync = desk.service.start(input, { signal: abort.signal })
    await expect.poll(() => upstream.seen.length).toBe(1)
    abort.abort()
    expect((await sync).map(({ outcome }) => outcome)).toEqual(['cancelled'])
  })

  it('while waiting for its turn sends nothing and leaves nothing open', async () => {
    await using upstream = await startOddUpstream((_request, response) => orders(response, []))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })], { throttleIntervalMs: 60_000 })
    await desk.sync()
    const sync = desk.sync()
    await expect.poll(async () => (await desk.service.state('account-1')).running?.phase).toBe('waiting')
    await desk.service.cancel('account-1')
    expect((await sync)[0]).toMatchObject({ outcome: 'cancelled', requests: 0, error: null })
    expect(upstream.seen).toHaveLength(1)
    expect(await desk.openRequests()).toBe(0)
  })

  it('says that nothing was running', async () => {
    await using desk = await openSyncDesk([anAccount()])
    expect(await desk.service.cancel('account-1')).toBe(false)
  })

  it('too late changes nothing', async () => {
    await using upstream = await startOddUpstream(
      (_request, response) => void setTimeout(() => orders(response, []), 100),
    )
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account])
    await syncedBefore(desk.database, account.id)
    const sync = desk.sync()
    await expect.poll(() => upstream.seen.length).toBe(1)
    await desk.service.cancel('account-1')
    expect((await sync)[0]?.outcome).toBe('understood')
  })
})

describe('the state of an account', () => {
  it('shows progress while a sync runs, and none afterwards', async () => {
    await using upstream = await startOddUpstream((_request, response, index) => orders(response, [anOrder(index)]))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const seen: SyncProgress[] = []
    const input = { accountId: 'account-1', types: ['own'], channel: 'sync', range: tenYears } as const
    await desk.service.start(input, { progress: (now) => seen.push(now) })
    const phases = new Set(seen.map(({ phase }) => phase))
    expect([...phases].sort()).toEqual(['asking', 'merging', 'receiving', 'waiting'])
    expect(seen.at(-1)).toMatchObject({ received: upstream.seen.length, new: upstream.seen.length })
    expect(seen.every(({ windowsDone, windowsPlanned }) => windowsDone <= windowsPlanned)).toBe(true)
    expect(seen.some(({ leftMs }) => leftMs !== null)).toBe(true)
    expect((await desk.service.state('account-1')).running).toBeNull()
  })

  it('is told when a sync begins and ends', async () => {
    await using upstream = await startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const told: SyncState[] = []
    const stop = desk.service.onChanged((state) => told.push(state))
    await desk.sync()
    expect(told[0]?.running).not.toBeNull()
    expect(told.at(-1)).toMatchObject({ running: null, quota: { used: 1 }, lastRuns: [{ outcome: 'understood' }] })
    stop()
    const before = told.length
    await desk.sync()
    expect(told).toHaveLength(before)
  })

  it('counts unclear replies in a row', async () => {
    await using upstream = await startOddUpstream(
      (_request, response) => void response.end('{"code":7,"msg":"天气不错"}'),
    )
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    for (let n = 0; n < 3; n += 1) await desk.sync()
    expect((await desk.service.state('account-1')).unclearInARow).toBe(3)
  })

  it('offers older orders after the first sync until the merchant has answered', async () => {
    await using upstream = await startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url, types: ['own', 'distributor'] })])
    const offered = async () => (await desk.service.state('account-1')).offerBackfill
    expect(await offered()).toBe(false)
    await desk.sync()
    expect(await offered()).toBe(true)
    expect(await desk.service.backfillCost('account-1', 90)).toBe(6)
    await desk.service.dismissBackfill('account-1')
    expect(await offered()).toBe(false)
  })

  it('can be had while the secrets are locked', async () => {
    const locked = async () => Promise.reject(new AppError('passphraseNeeded'))
    await using desk = await openSyncDesk([anAccount()], { credentials: locked })
    expect((await desk.service.state('account-1')).quota).toMatchObject({ used: 0, limit: 10_000 })
  })

  it('never logs a secret', async () => {
    await using upstream = await startOddUpstream((_request, response) => void response.destroy())
    const account = anAccount({ gateway: upstream.url, key: 'my-secret-key', password: 'my-password', name: 'me' })
    await using desk = await openSyncDesk([account])
    const runs = await desk.sync()
    expect(`${desk.log.join(' ')} ${JSON.stringify(runs)}`).not.toMatch(/my-secret-key|my-password/)
    expect(desk.log.length).toBeGreaterThan(0)
  })
})

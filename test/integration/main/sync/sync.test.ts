import { describe, expect, it } from 'vitest'
import { startPracticeGateway, type PracticeGateway } from '#practice/gateway.ts'
import type { UpstreamAccount } from '#main/upstream/account.ts'
import { openSyncDesk } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const gatewayOptions = { seed: 7, orders: 300, historyDays: 60, minIntervalMs: 0 }

function accountOf(gateway: PracticeGateway, overrides: Partial<UpstreamAccount> = {}): UpstreamAccount {
  const { key, name, password, sk } = gateway.credentials
  return anAccount({ gateway: gateway.url, key, name, password, sk: sk ?? '', ...overrides })
}

async function practice(options: Parameters<typeof startPracticeGateway>[0] = {}) {
  const gateway = await startPracticeGateway({ ...gatewayOptions, ...options })
  return Object.assign(gateway, { [Symbol.asyncDispose]: () => gateway.close() })
}

describe('a sync with the practice gateway', () => {
  it('reads the last 7 days by range first, then only what changed', async () => {
    await using gateway = await practice()
    await using desk = await openSyncDesk([accountOf(gateway)])
    const [first] = await desk.sync()
    expect(first).toMatchObject({ purpose: 'firstSync', outcome: 'understood', requests: 1, error: null })
    expect(first?.received).toBeGreaterThan(0)
    expect(await desk.rows()).toHaveLength(first!.new)
    const [second] = await desk.sync()
    expect(second).toMatchObject({ purpose: 'sync', outcome: 'understood', range: null, new: 0 })
    gateway.advance(48)
    const [third] = await desk.sync()
    expect(third!.new + third!.changed).toBeGreaterThan(0)
    const calls = gateway.calls()
    expect(calls.map(({ start }) => start !== null)).toEqual([true, false, false])
    const spanMs = Date.parse(`${calls[0]!.end}Z`) - Date.parse(`${calls[0]!.start}Z`)
    expect(spanMs).toBe(7 * 86_400_000)
  })

  it('syncs both types one after the other, by POST as by GET', async () => {
    await using gateway = await practice()
    await using desk = await openSyncDesk([accountOf(gateway, { method: 'POST' })])
    const runs = await desk.sync({ types: ['own', 'distributor'] })
    expect(runs.map(({ type, outcome }) => [type, outcome])).toEqual([
      ['own', 'understood'],
      ['distributor', 'understood'],
    ])
    expect(gateway.calls().map(({ type }) => type)).toEqual(['1', '2'])
  })

  it('reads the whole history when asked for by range, every order once', async () => {
    await using gateway = await practice()
    await using desk = await openSyncDesk([accountOf(gateway)])
    const range = { from: '2020-01-01 00:00:00', to: '2099-01-01 00:00:00' }
    const [run] = await desk.sync({ range })
    expect(run).toMatchObject({ purpose: 'range', outcome: 'understood' })
    const born = gateway
      .truth()
      .filter(({ type }) => type === 'own')
      .map(({ orderNo }) => orderNo)
    expect((await desk.rows()).map(({ orderNo }) => orderNo)).toEqual(born.sort())
  })

  it('is refused with the upstream’s words where the signature is wrong, without asking again', async () => {
    await using gateway = await practice()
    await using desk = await openSyncDesk([accountOf(gateway, { sk: 'wrong' })])
    const [run] = await desk.sync()
    expect(run).toMatchObject({ outcome: 'refused', requests: 1, error: { code: 'unauthorised' } })
    expect(run?.said).not.toBeNull()
    expect(await desk.openRequests()).toBe(0)
  })

  it('asks status callbacks on channel 2', async () => {
    await using gateway = await practice()
    await using desk = await openSyncDesk([accountOf(gateway)])
    const [run] = await desk.sync({ channel: 'callback' })
    expect(run).toMatchObject({ channel: 'callback', outcome: 'understood' })
    expect(gateway.calls()[0]?.channels).toBe('2')
  })
})

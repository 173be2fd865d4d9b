import { describe, expect, it } from 'vitest'
import { dayMs, toBeijing } from '#domain/beijing-time.ts'
import { followUpOf } from '../../../support/follow-up-desk.ts'
import { differences, openPractice, practiceAccount } from '../../../support/practice-desk.ts'
import { openSyncDesk } from '../../../support/sync-desk.ts'

const now = Date.now()
const days = (count: number) => ({ from: toBeijing(now - count * dayMs), to: toBeijing(now) })

/** A practice upstream that brings no change of orders older than 7 days by itself, all of it read once. */
async function readOnce(options: Parameters<typeof openPractice>[0] = {}, dailyLimit = 10_000) {
  const gateway = await openPractice({ olderChanges: false, historyDays: 60, ...options })
  const account = practiceAccount(gateway)
  const desk = await openSyncDesk([account], { dailyLimit })
  await desk.sync({ types: ['own', 'distributor'] })
  await desk.sync({ types: ['own', 'distributor'], range: days(70) })
  return {
    gateway,
    account,
    desk,
    followUp: followUpOf(desk, account),
    async [Symbol.asyncDispose]() {
      await desk[Symbol.asyncDispose]()
      await gateway.close()
    },
  }
}

describe('the follow-up', () => {
  it('brings the late changes of old orders that the incremental sync never brings', async () => {
    await using once = await readOnce()
    const { gateway, desk, followUp, account } = once
    expect(await differences(desk, gateway)).toEqual([])
    gateway.advance(20 * 24)
    await desk.sync({ types: ['own', 'distributor'] })
    expect((await differences(desk, gateway)).length, 'late changes are missed').toBeGreaterThan(0)
    const runs = await followUp.round(account.id, 'due')
    expect(runs.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['followUp', 'understood'],
      ['followUp', 'understood'],
    ])
    expect(await differences(desk, gateway)).toEqual([])
  })

  it('says what it will ask and cost, asks exactly that, and then nothing until it is due again', async () => {
    await using once = await readOnce()
    const { gateway, desk, followUp, account } = once
    gateway.advance(10 * 24)
    await desk.sync()
    const before = await followUp.state(account.id)
    expect(before.daily + before.weekly).toBeGreaterThan(100)
    expect(before.calls).toBeGreaterThan(0)
    expect(before.calls).toBeLessThanOrEqual(8)
    const runs = await followUp.round(account.id, 'due')
    expect(runs.reduce((sum, { requests }) => sum + requests, 0)).toBe(before.calls)
    const after = await followUp.state(account.id)
    expect(after.nextAt! - desk.service.now(account.id)).toBeGreaterThan(20 * 3_600_000)
    expect(after.callsLeft).toBe(before.callsLeft - before.calls)
    expect(await followUp.round(account.id, 'due')).toEqual([])
  })

  it.each(['created', 'updated'] as const)(
    'learns from the replies that start and end mean %s, and says so',
    async (means) => {
      await using once = await readOnce({ rangeMeans: means })
      const { gateway, desk, followUp, account } = once
      gateway.advance(15 * 24)
      await desk.sync({ types: ['own', 'distributor'] })
      await followUp.round(account.id, 'all')
      expect((await followUp.state(account.id)).meaning).toBe(means)
      gateway.advance(8 * 24)
      await desk.sync({ types: ['own', 'distributor'] })
      await followUp.round(account.id, 'due')
      expect(await differences(desk, gateway)).toEqual([])
    },
  )

  it('takes no more than its share of the quota, and goes on with the rest another time', async () => {
    await using once = await readOnce({}, 20)
    const { desk, followUp, account } = once
    const before = await followUp.state(account.id)
    expect(before.callsLeft).toBe(2)
    expect(before.callsOfAll).toBeGreaterThan(2)
    const runs = await followUp.round(account.id, 'all')
    expect(runs.reduce((sum, { requests }) => sum + requests, 0)).toBe(2)
    expect(await followUp.round(account.id, 'all')).toEqual([])
    expect((await desk.service.quota(account.id)).used).toBeLessThan(20)
  })

  it('shares that part between two accounts of one key, also while both ask at once', async () => {
    await using gateway = await openPractice({ olderChanges: false, historyDays: 60 })
    const accounts = ['one', 'two'].map((id) => practiceAccount(gateway, { id }))
    await using desk = await openSyncDesk(accounts, { dailyLimit: 60 })
    for (const { id: accountId } of accounts)
      await desk.sync({ accountId, types: ['own', 'distributor'], range: days(70) })
    const [one, two] = accounts.map((account) => followUpOf(desk, account))
    const before = await two!.state('two')
    expect(before.callsLeft).toBe(6)
    await one!.round('one', 'all')
    const { callsOfAll, callsLeft } = await two!.state('two')
    expect(callsLeft).toBe(6 - (await desk.service.followUpCalls('one')))
    expect(callsLeft).toBeLessThan(6)
    expect(callsOfAll * 2, 'more than the share holds').toBeGreaterThan(callsLeft)
    await Promise.all([one!.round('one', 'all'), two!.round('two', 'all'), one!.state('one')])
    await Promise.all([one!.round('one', 'all'), two!.round('two', 'all')])
    expect(await desk.service.followUpCalls('two')).toBeLessThanOrEqual(7)
    expect((await two!.state('two')).callsLeft).toBe(0)
    expect(await two!.round('two', 'all')).toEqual([])
  })

  it('gives way to the merchant’s own sync, and is due again afterwards', async () => {
    await using once = await readOnce()
    const { gateway, desk, followUp, account } = once
    gateway.advance(10 * 24)
    await desk.sync()
    gateway.addFault({ kind: 'slow', delayMs: 300, times: 1 })
    const background = followUp.round(account.id, 'due', { background: true })
    await expect.poll(() => desk.service.isFree(account.id)).toBe(false)
    await expect(followUp.round(account.id, 'due', { background: true })).rejects.toMatchObject({ code: 'syncRunning' })
    const [run] = await desk.sync()
    expect(run?.outcome).toBe('understood')
    expect(
      (await background).map(({ type }) => type),
      'the second type was not begun',
    ).not.toContain('distributor')
    const { nextAt } = await followUp.state(account.id)
    expect(nextAt).toBeLessThanOrEqual(desk.service.now(account.id))
  })
})

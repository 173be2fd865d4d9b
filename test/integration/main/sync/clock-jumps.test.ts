import { describe, expect, it } from 'vitest'
import { beijingDay, dayMs } from '#domain/beijing-time.ts'
import { keyFingerprint } from '#main/upstream/fingerprint.ts'
import { anOrder, orders, startOddUpstream } from '../../../support/odd-upstream.ts'
import { openSyncDesk } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const intervalMs = 300

/** A desk whose PC clock jumps by what the test adds; the upstream's Date header tells the true time. */
async function desk() {
  const upstream = await startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
  const jump = { ms: 0 }
  const account = anAccount({ gateway: upstream.url })
  const clock = { now: () => Date.now() + jump.ms }
  const opened = await openSyncDesk([account], { clock, throttleIntervalMs: intervalMs })
  return {
    ...opened,
    jump,
    gaps: () => upstream.seen.slice(1).map(({ arrivedAt }, index) => arrivedAt - upstream.seen[index]!.arrivedAt),
    calls: () => upstream.seen.length,
    usedOn: async (day: string) => {
      const { fingerprintSecret } = opened.database
      const of = { keyFingerprint: keyFingerprint(fingerprintSecret, account.key), day }
      return (await opened.database.call('quota.get', of)).used
    },
    async [Symbol.asyncDispose]() {
      await opened[Symbol.asyncDispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

describe('a PC clock that jumps while the app is open', () => {
  it.each([
    ['two days ahead', 2 * dayMs],
    ['two days back', -2 * dayMs],
    ['ten years ahead', 3_650 * dayMs],
  ])('%s breaks neither the throttle nor the day’s count', async (_where, ms) => {
    await using here = await desk()
    const today = beijingDay(Date.now())
    await here.sync()
    here.jump.ms = ms
    await here.sync()
    here.jump.ms = 0
    await here.sync()
    expect(Math.min(...here.gaps())).toBeGreaterThanOrEqual(intervalMs)
    expect(await here.usedOn(today)).toBe(here.calls())
    expect(await here.service.quota('account-1')).toMatchObject({ used: here.calls() })
  })

  it('as after a long sleep lets the next sync through', async () => {
    await using here = await desk()
    await here.sync()
    // After a sleep the wall clock is hours on and the monotonic one may not be.
    here.jump.ms = 8 * 3_600_000
    const [run] = await here.sync()
    expect(run?.outcome).toBe('understood')
    expect(await here.usedOn(beijingDay(Date.now()))).toBe(here.calls())
  })
})

describe('a PC clock that is wrong from the start', () => {
  const wrongs = [
    ['a day behind', -dayMs],
    ['a day ahead', dayMs],
    ['eleven years behind', -4_015 * dayMs],
  ] as const

  it.each(wrongs)('%s: calls that failed before the server was heard from count for its day', async (_how, ms) => {
    await using upstream = await startOddUpstream((_request, response, index) =>
      index < 2 ? void response.destroy() : orders(response, [anOrder(1)]),
    )
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account], { clock: { now: () => Date.now() + ms } })
    await desk.sync()
    await desk.sync()
    const { fingerprintSecret } = desk.database
    const of = { keyFingerprint: keyFingerprint(fingerprintSecret, account.key), day: beijingDay(Date.now()) }
    expect((await desk.database.call('quota.get', of)).used).toBe(upstream.seen.length)
    expect(await desk.service.quota(account.id)).toMatchObject({ used: upstream.seen.length })
  })

  it.each(wrongs)(
    '%s and was so at the last start: every range and day is right before the first reply',
    async (_how, ms) => {
      await using upstream = await startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
      const account = anAccount({ gateway: upstream.url, sharedWithOthers: true })
      const options = { clock: { now: () => Date.now() + ms }, keptCorrection: () => -ms }
      await using desk = await openSyncDesk([account], options)
      expect(await desk.service.quota(account.id)).toMatchObject({ used: 0 })
      expect(Math.abs(desk.service.now(account.id) - Date.now())).toBeLessThan(60_000)
      await desk.sync()
      expect(upstream.seen, 'nothing had to be planned anew').toHaveLength(1)
      expect(Math.abs(Date.parse(`${upstream.seen[0]!.parameters.get('end')}+08:00`) - Date.now())).toBeLessThan(60_000)
    },
  )

  it('and set right since: the first reply takes the kept correction back', async () => {
    await using upstream = await startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
    const account = anAccount({ gateway: upstream.url })
    await using desk = await openSyncDesk([account], { keptCorrection: () => 30 * dayMs })
    await desk.sync()
    expect(Math.abs(desk.service.now(account.id) - Date.now())).toBeLessThan(60_000)
    expect(await desk.service.quota(account.id)).toMatchObject({ used: upstream.seen.length })
    const last = upstream.seen.at(-1)!.parameters
    expect(Math.abs(Date.parse(`${last.get('end')}+08:00`) - Date.now())).toBeLessThan(60_000)
  })
})

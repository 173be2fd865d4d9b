import '../../support/plain-electron.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hourMs, toBeijing } from '#domain/beijing-time.ts'
import { MemoryKeychain } from '../../support/memory-keychain.ts'
import { startInstallation } from '../../support/installation.ts'
import { anOrder, orders, startOddUpstream } from '../../support/odd-upstream.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const minuteMs = 60_000

/** A real account of an upstream whose Date header is right, on a PC whose clock is so wrong. */
async function syncedOn(wrongMs: number) {
  const upstream = await startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
  onTestFinished(() => upstream.close())
  const [folder, keychain] = [temporaryFolder(), new MemoryKeychain()]
  const services = startInstallation({
    folder,
    keychain,
    now: () => Date.now() + wrongMs,
  })
  onTestFinished(() => services.stop())
  await services.start()
  const { id } = await services.accounts.save({
    settings: {
      label: 'A',
      types: ['own'],
      gateway: upstream.url,
      method: 'GET',
      timeoutMs: 60_000,
      name: '',
      apiUser: '',
      sharedWithOthers: false,
    },
    secrets: { key: 'key', token: 'token' },
  })
  await services.sync.start({ accountId: id, types: ['own'], channel: 'sync', range: null })
  const database = await services.databases.forAccount(id)
  const [order] = await database.call('orders.byNumber', {
    accountId: id,
    orderNo: (anOrder(1) as { order_sn: string }).order_sn,
  })
  return { upstream, services, order, state: await services.followUp.state(id), id, folder, keychain }
}

describe('a PC clock that is wrong', () => {
  it.each([
    ['an hour behind', -hourMs],
    ['six minutes ahead', 6 * minuteMs],
    ['eleven months ahead', 335 * 24 * hourMs],
  ])('%s is pointed out and shifts nothing', async (_how, wrongMs) => {
    const { upstream, services, order, state, id } = await syncedOn(wrongMs)
    const minutes = String(Math.round(Math.abs(wrongMs) / minuteMs))
    expect(services.notices.list()).toMatchObject([{ kind: 'clockSkew', data: { minutes } }])
    const last = upstream.seen.at(-1)!.parameters
    expect(Math.abs(Date.parse(`${last.get('end')}+08:00`) - Date.now())).toBeLessThan(minuteMs)
    expect(Math.abs(order!.row.firstSeenAt - Date.now())).toBeLessThan(minuteMs)
    expect(Math.abs(services.sync.now(id) - Date.now())).toBeLessThan(minuteMs)
    expect(state.windows.every(({ range }) => range.to <= toBeijing(Date.now() + minuteMs))).toBe(true)
  })

  it.each([0, 4 * minuteMs, -4 * minuteMs])('by %i ms is not worth a word', async (wrongMs) => {
    const { services } = await syncedOn(wrongMs)
    expect(services.notices.list()).toEqual([])
  })

  it('is known at the next start, before anything was asked, and forgotten once it is right', async () => {
    const { upstream, services, id, folder, keychain } = await syncedOn(-26 * hourMs)
    await services.stop()
    const again = startInstallation({ folder, keychain, now: () => Date.now() - 26 * hourMs })
    onTestFinished(() => again.stop())
    await again.start()
    expect(Math.abs(again.sync.now(id) - Date.now())).toBeLessThan(minuteMs)
    expect(await again.sync.quota(id)).toMatchObject({ used: upstream.seen.length })
    await again.stop()
    const right = startInstallation({ folder, keychain, now: Date.now })
    onTestFinished(() => right.stop())
    await right.start()
    await right.sync.start({ accountId: id, types: ['own'], channel: 'sync', range: null })
    expect(Math.abs(right.sync.now(id) - Date.now())).toBeLessThan(minuteMs)
    await right.stop()
    const last = startInstallation({ folder, keychain, now: Date.now })
    onTestFinished(() => last.stop())
    await last.start()
    expect(Math.abs(last.sync.now(id) - Date.now())).toBeLessThan(minuteMs)
  })
})

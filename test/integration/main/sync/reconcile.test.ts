import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, toBeijing } from '#domain/beijing-time.ts'
import { followUpOf } from '../../../support/follow-up-desk.ts'
import { anOrder, orders, startOddUpstream } from '../../../support/odd-upstream.ts'
import { openPractice, practiceAccount } from '../../../support/practice-desk.ts'
import { openSyncDesk, syncedBefore } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

const at = (daysAgo: number): string => toBeijing(Date.now() - daysAgo * dayMs)
const order = (n: number, daysAgo: number, more: object = {}) => anOrder(n, { create_time: at(daysAgo), ...more })
const number = (n: number): string => String((anOrder(n) as { order_sn: string }).order_sn)

/** An upstream whose incremental calls bring nothing, and whose ranges bring `held`. */
async function desk(held: object[], types: readonly 'own'[] = ['own']) {
  const upstream = await startOddUpstream((request, response) =>
    orders(response, request.parameters.has('start') ? held : []),
  )
  const account = anAccount({ gateway: upstream.url, types })
  const sync = await openSyncDesk([account])
  await syncedBefore(sync.database, account.id)
  return {
    upstream,
    sync,
    account,
    followUp: followUpOf(sync, account),
    async [Symbol.asyncDispose]() {
      await sync[Symbol.asyncDispose]()
      await upstream.close()
    },
  }
}

describe('a reconcile', () => {
  it('reports what the incremental sync had missed: orders and changes, and nothing the second time', async () => {
    const held = [order(1, 3), order(2, 20)]
    await using of = await desk(held)
    await of.sync.sync({ range: { from: at(21), to: at(19) } })
    held[1] = order(2, 20, { status: 550, status_name: '已发货' })
    const { runs, report } = await of.followUp.reconcile(of.account.id)
    expect(runs.map(({ purpose, outcome }) => [purpose, outcome])).toEqual([
      ['sync', 'understood'],
      ['reconcile', 'understood'],
    ])
    expect(report).toMatchObject({ new: 0, changed: 1, gone: 0 })
    held.push(order(3, 5))
    const second = await of.followUp.reconcile(of.account.id)
    expect(second.report).toMatchObject({ new: 1, changed: 0, gone: 0 })
    expect(second.report.findings).toMatchObject([{ kind: 'new', orderNo: number(3), type: 'own' }])
    expect((await of.followUp.reconcile(of.account.id)).report).toMatchObject({
      new: 0,
      changed: 0,
      gone: 0,
      findings: [],
    })
  })

  it('reads exactly the last 30 days', async () => {
    await using of = await desk([])
    await of.followUp.reconcile(of.account.id)
    const { parameters } = of.upstream.seen.at(-1)!
    const [start, end] = ['start', 'end'].map((name) => Date.parse(`${parameters.get(name)}+08:00`))
    expect(end! - start!).toBe(30 * dayMs)
    expect(Math.abs(end! - Date.now())).toBeLessThan(60_000)
  })

  it('marks what two complete reads did not hold as gone upstream, deletes nothing, and takes the mark back', async () => {
    const held = [order(1, 3), order(2, 10), order(3, 60)]
    await using of = await desk(held)
    await of.sync.sync({ range: { from: at(90), to: at(0) } })
    held.splice(1, 2)
    expect((await of.followUp.reconcile(of.account.id)).report.gone, 'one read alone may be mistaken').toBe(0)
    const { report } = await of.followUp.reconcile(of.account.id)
    expect(report.findings).toMatchObject([{ kind: 'gone', orderNo: number(2) }])
    const rows = await of.sync.rows()
    expect(rows.map(({ orderNo, goneUpstreamAt }) => [orderNo, goneUpstreamAt !== null])).toEqual([
      [number(1), false],
      [number(2), true],
      [number(3), false],
    ])
    held.push(order(2, 10))
    expect((await of.followUp.reconcile(of.account.id)).report.gone).toBe(0)
    expect((await of.sync.rows())[1]?.goneUpstreamAt).toBeNull()
  })

  it('counts only reads in a row', async () => {
    const held = [order(1, 3), order(2, 10)]
    await using of = await desk(held)
    await of.sync.sync({ range: { from: at(30), to: at(0) } })
    for (const round of [1, 2, 3]) {
      const gone = held.pop()!
      expect((await of.followUp.reconcile(of.account.id)).report.gone, `round ${round}`).toBe(0)
      held.push(gone)
      await of.followUp.reconcile(of.account.id)
    }
  })

  it('marks nothing by a read that did not get through, or that held what cannot be read', async () => {
    const held = [order(1, 3), order(2, 10)]
    await using of = await desk(held)
    await of.sync.sync({ range: { from: at(30), to: at(0) } })
    held.pop()
    held.push({ note: 'nobody knows what this is' })
    for (const round of [1, 2, 3])
      expect((await of.followUp.reconcile(of.account.id)).report.gone, `round ${round}`).toBe(0)
    of.upstream.answer = (request, response) =>
      request.parameters.has('start') ? void response.writeHead(500).end() : orders(response, [])
    const { runs } = await of.followUp.reconcile(of.account.id)
    expect(runs.at(-1)?.outcome).not.toBe('understood')
    expect((await of.sync.rows()).filter(({ goneUpstreamAt }) => goneUpstreamAt !== null)).toEqual([])
  })

  it('is due a week after the first sync and then every week', async () => {
    await using of = await desk([order(1, 3)])
    const before = await of.followUp.state(of.account.id)
    expect(Math.abs(before.nextReconcileAt! - Date.now() - 7 * dayMs)).toBeLessThan(hourMs)
    expect(before.lastReconcileAt).toBeNull()
    await of.followUp.reconcile(of.account.id)
    const after = await of.followUp.state(of.account.id)
    expect(after.nextReconcileAt).toBe(after.lastReconcileAt! + 7 * dayMs)
  })

  it('brings orders older than everything that was asked for before, and does not call them missed', async () => {
    await using gateway = await openPractice({ olderChanges: false, historyDays: 28 })
    const account = practiceAccount(gateway)
    await using sync = await openSyncDesk([account])
    await sync.sync({ types: ['own', 'distributor'] })
    const followUp = followUpOf(sync, account)
    const { runs, report } = await followUp.reconcile(account.id)
    expect(report).toMatchObject({ new: 0, gone: 0 })
    expect(runs.find(({ purpose }) => purpose === 'reconcile')?.new).toBeGreaterThan(50)
    expect(await sync.rows()).toHaveLength(gateway.truth().length)
  })
})

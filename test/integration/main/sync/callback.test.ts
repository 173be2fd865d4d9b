import { describe, expect, it } from 'vitest'
import { anOrder, orders, startOddUpstream } from '../../../support/odd-upstream.ts'
import { openPractice, practiceAccount } from '../../../support/practice-desk.ts'
import { pushed, receivePush } from '../../../support/pushes.ts'
import { openSyncDesk, syncedBefore } from '../../../support/sync-desk.ts'
import { anAccount } from '../../../support/upstream-account.ts'

describe('a sync of channel 2', () => {
  it('begins with its own 7 days by range, then asks what changed, whatever channel 1 has read', async () => {
    await using gateway = await openPractice()
    await using desk = await openSyncDesk([practiceAccount(gateway)])
    await desk.sync()
    const [first] = await desk.sync({ channel: 'callback' })
    expect(first).toMatchObject({
      channel: 'callback',
      purpose: 'firstSync',
      outcome: 'understood',
      new: 0,
      unreadable: 0,
    })
    gateway.advance(48)
    const [second] = await desk.sync({ channel: 'callback' })
    expect(second).toMatchObject({ purpose: 'sync', range: null, outcome: 'understood' })
    expect(
      gateway
        .calls()
        .filter(({ channels }) => channels === '2')
        .map(({ start }) => start !== null),
    ).toEqual([true, false])
  })

  it('keeps an order that only it knows, and has channel 1 read it in full in the same sync', async () => {
    await using gateway = await openPractice()
    await using desk = await openSyncDesk([practiceAccount(gateway)])
    const runs = await desk.sync({ channel: 'callback' })
    expect(runs.map(({ channel, purpose }) => [channel, purpose])).toEqual([
      ['callback', 'firstSync'],
      ['sync', 'fullRead'],
    ])
    const [callback, full] = runs
    expect(callback!.new).toBeGreaterThan(0)
    expect(full).toMatchObject({ outcome: 'understood', unreadable: 0 })
    expect(full!.changed).toBeGreaterThan(0)
    const rows = await desk.rows()
    const truth = new Map(gateway.truth().map((order) => [order.orderNo, order]))
    for (const row of rows) expect(row.customerName).toBe(truth.get(row.orderNo)?.fields.customerName)
    expect(await desk.database.call('wanted.list', { accountId: practiceAccount(gateway).id })).toEqual([])
  })

  it('is repaired like channel 1 when its reply was cut off', async () => {
    await using gateway = await openPractice()
    const account = practiceAccount(gateway)
    await using desk = await openSyncDesk([account])
    await desk.sync({ channel: 'callback' })
    gateway.advance(72)
    gateway.addFault({ kind: 'cut', times: 1, only: 'incremental' })
    await desk.sync({ channel: 'callback' })
    expect(await desk.openRequests()).toBe(0)
    const stages = new Map((await desk.rows()).map(({ orderNo, stage }) => [orderNo, stage]))
    const own = gateway.truth().filter(({ type, orderNo }) => type === 'own' && stages.has(orderNo))
    for (const { orderNo, stage } of own) expect(stages.get(orderNo)).toBe(stage)
  })
})

describe('an order that a push speaks of and that is not here', () => {
  it('is looked for by ranges that reach further back each time, then not any more', async () => {
    await using gateway = await openPractice({ orders: 40, historyDays: 60 })
    const account = practiceAccount(gateway)
    await using desk = await openSyncDesk([account])
    const accountId = account.id
    await syncedBefore(desk.database, accountId, gateway.now())
    const old = gateway.truth().find(({ fields }) => fields.ownNo !== undefined)
    const lost = pushed({ outer_id: old!.fields.ownNo!, status: '550' })
    await receivePush(desk.database, lost, { accountId, at: gateway.now() })
    await receivePush(desk.database, pushed({ outer_id: 'NOBODY' }), { accountId, at: gateway.now() })
    const first = await desk.service.readWanted(accountId)
    expect(first.map(({ type, purpose }) => [type, purpose])).toEqual([
      ['own', 'fullRead'],
      ['distributor', 'fullRead'],
    ])
    expect(await desk.database.call('pushes.counts', { accountId })).toMatchObject({ unmatched: 2 })
    await desk.service.readWanted(accountId)
    await desk.service.readWanted(accountId)
    expect(await desk.database.call('pushes.counts', { accountId })).toMatchObject({ merged: 1, unmatched: 1 })
    expect(await desk.service.readWanted(accountId)).toEqual([])
  })
})

describe('a status callback that names an order only by its own number', () => {
  it('has channel 1 read the order by range in the same sync, and is merged when it arrives', async () => {
    const full = anOrder(1, {
      out_trade_no: 'W1',
      status: 470,
      status_name: '开卡中',
      update_time: '2026-01-01 10:00:00',
    })
    const part = { outer_id: 'W1', status: 550, tracking_number: 'SF1', update_time: '2026-01-02 10:00:00' }
    await using upstream = await startOddUpstream(({ parameters }, response) =>
      orders(response, parameters.get('channels') === '2' ? [part] : [full]),
    )
    await using desk = await openSyncDesk([anAccount({ gateway: upstream.url })])
    const runs = await desk.sync({ channel: 'callback' })
    expect(runs).toMatchObject([
      { channel: 'callback', outcome: 'understood', new: 0, unreadable: 0 },
      { channel: 'sync', purpose: 'fullRead', outcome: 'understood', new: 1 },
    ])
    expect(await desk.rows()).toMatchObject([
      { ownNo: 'W1', status: '550', trackingNo: 'SF1', productName: '星卡 29 元' },
    ])
    expect(await desk.database.call('wanted.list', { accountId: 'account-1' })).toEqual([])
  })
})

import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { listPushes } from '../../support/pushes.ts'
import { account, ask, element, noon, pull, receive, replyOf } from '../../support/sync-steps.ts'

const orderNo = '20261124000001'

async function order(database: TestDatabase, number = orderNo) {
  return (await database.call('orders.byNumber', { accountId: account, orderNo: number }))[0]
}

async function story(database: TestDatabase, number = orderNo) {
  const changes = (await order(database, number))?.changes ?? []
  return changes.toReversed().map(({ axis, to, pushed }) => `${axis} ${to.word ?? to.code}${pushed ? ' pushed' : ''}`)
}

describe('a status callback that names orders only by their own numbers', () => {
  const part = (ownNo: string, changes: Record<string, unknown> = {}) => ({
    outer_id: ownNo,
    status: 550,
    tracking_company: '顺丰速运',
    tracking_number: 'SF1000000000001',
    ...changes,
  })
  const unreadable = (database: TestDatabase) =>
    database.call('mapping.unreadable', { accountId: account, type: 'own', start: 0, count: 10, reveal: true })

  it('is merged into the orders it means, of either type, and says in the history what brought it', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await pull(database, [element({ order_sn: 'D1', out_trade_no: 'X1' })], { type: 'distributor' })
    const merge = await pull(database, [part('W000001'), part('X1')], { channel: 'callback', at: noon + 1_000 })
    expect(merge).toMatchObject({ outcome: 'understood', received: 2, changed: 2, unreadable: 0, parts: 2 })
    expect((await order(database))?.row).toMatchObject({ status: '550', courier: '顺丰速运', customerName: '张小三' })
    expect((await order(database, 'D1'))?.row).toMatchObject({ status: '550', type: 'distributor' })
    expect(await story(database)).toEqual(['production 待审核', 'production 550'])
    expect(JSON.parse((await order(database))?.original ?? '')).toMatchObject({ id_name: '张小三' })
  })

  it('is kept, listed and looked for where no order is here, and merged when it arrives', async () => {
    await using database = await openTestDatabase()
    const told: number[] = []
    database.on('pushes.changed', ({ waiting }) => told.push(waiting))
    const merge = await pull(database, [part('W000001')], { channel: 'callback' })
    expect(merge).toMatchObject({ received: 1, new: 0, changed: 0, unchanged: 0, unreadable: 0, parts: 1 })
    expect((await unreadable(database)).total).toBe(0)
    expect(await listPushes(database)).toMatchObject([
      { state: 'unmatched', channel: 'callback', ownNo: 'W000001', order: null },
    ])
    expect(await database.call('wanted.list', { accountId: account })).toMatchObject([{ type: null, count: 1 }])
    await pull(database, [element({ status: 200 })], { at: noon - 60_000 })
    expect(await listPushes(database)).toMatchObject([{ state: 'merged', order: { orderNo } }])
    expect((await order(database))?.row.trackingNo).toBe('SF1000000000001')
    expect(told).toEqual([1, 0])
  })

  it('waits once, however often a range brings it', async () => {
    await using database = await openTestDatabase()
    for (const hour of [0, 1, 2])
      await pull(database, [part('W000001')], { channel: 'callback', at: noon + hour * 3_600_000 })
    expect(await listPushes(database)).toMatchObject([{ state: 'unmatched', repeats: 2 }])
    await pull(database, [part('W000001', { status: -460 })], { channel: 'callback', at: noon + 4 * 3_600_000 })
    await pull(database, [part('W000001')], { channel: 'callback', at: noon + 5 * 3_600_000 })
    expect(await listPushes(database)).toHaveLength(3)
  })

  it('changes nothing when it is merged again', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const asked = await ask(database, { channel: 'callback', at: noon + 1_000 })
    const replyId = await receive(database, asked, replyOf([part('W000001'), part('W2')]))
    const first = await database.call('replies.merge', { replyId, at: noon + 1_000 })
    const before = [await order(database), await listPushes(database)]
    expect(await database.call('replies.merge', { replyId, at: noon + 2_000 })).toEqual(first)
    expect([await order(database), await listPushes(database)]).toEqual(before)
  })

  it('stays as it is when orders are rebuilt from the replies', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await pull(database, [part('W000001'), part('W2'), { note: 'neither' }], { channel: 'callback', at: noon + 1_000 })
    const before = [await order(database), await listPushes(database)]
    await database.call('mapping.rerun', { accountId: account, type: 'own' })
    expect([await order(database), await listPushes(database)]).toEqual(before)
    expect((await unreadable(database)).items).toMatchObject([{ original: '{"note":"neither"}' }])
  })

  it('is unreadable where it names no number at all, and in channel 1', async () => {
    await using database = await openTestDatabase()
    expect(await pull(database, [{ status: 550 }], { channel: 'callback' })).toMatchObject({ unreadable: 1, parts: 0 })
    expect(await pull(database, [part('W000001')])).toMatchObject({ unreadable: 1, parts: 0 })
  })
})

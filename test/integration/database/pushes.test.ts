import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { listPushes, pushed, receivePush } from '../../support/pushes.ts'
import { account, ask, element, elements, noon, pull, receive, replyOf } from '../../support/sync-steps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const orderNo = '20261124000001'

async function order(database: TestDatabase, number = orderNo) {
  const found = await database.call('orders.byNumber', { accountId: account, orderNo: number })
  return found[0]
}

async function story(database: TestDatabase, number = orderNo) {
  const changes = (await order(database, number))?.changes ?? []
  return changes.toReversed().map(({ axis, to, pushed }) => `${axis} ${to.word ?? to.code}${pushed ? ' pushed' : ''}`)
}

const counts = (database: TestDatabase) => database.call('pushes.counts', { accountId: account })

describe('merging a push', () => {
  it('changes the fields and axes it names, leaves the others, and says in the history that it was pushed', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ remark: '请尽快' })])
    await receivePush(database, pushed({ is_activated: '1', activated_at: '2026-11-24 10:00:00' }), {
      at: noon + 5_000,
    })
    const found = await order(database)
    expect(found?.row).toMatchObject({
      stage: 'activated',
      status: '550',
      courier: '顺丰速运',
      trackingNo: 'SF1000000000001',
      activatedAt: '2026-11-24 10:00:00',
      customerName: '张小三',
      remark: '请尽快',
      changedAt: noon + 5_000,
    })
    expect(await story(database)).toEqual(['production 待审核', 'production 550 pushed', 'activation 1 pushed'])
    expect(JSON.parse(found?.original ?? '')).toMatchObject({ goods_name: '电信星卡29元', remark: '请尽快' })
    expect(await listPushes(database)).toMatchObject([
      { state: 'merged', ownNo: 'W000001', orderNo: null, order: { orderNo, type: 'own' } },
    ])
  })

  it('leaves what it names empty or masked', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ reason: '照片不清' })])
    await receivePush(database, { order_no: orderNo, reason: '', mobile: '138****8000', status: '200' })
    expect((await order(database))?.row).toMatchObject({ reason: '照片不清', phone: '13800138000' })
  })

  it('changes nothing when the same event comes again, even after another', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await receivePush(database, pushed())
    const before = await order(database)
    await receivePush(database, pushed(), { at: noon + 1_000 })
    expect(await order(database)).toEqual(before)
    await receivePush(database, pushed({ status: '-460', reason: '库存不足' }), { at: noon + 2_000 })
    const failed = await order(database)
    await receivePush(database, pushed(), { at: noon + 3_000 })
    expect(await order(database)).toEqual(failed)
    expect(await counts(database)).toMatchObject({ merged: 2, unmatched: 0, waiting: 0, lastReceivedAt: noon + 3_000 })
    expect((await listPushes(database)).map(({ repeats }) => repeats)).toEqual([0, 2])
  })

  it('takes the same words for a new event when they come much later', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    for (const [index, status] of ['-200', '200', '-200'].entries())
      await receivePush(database, pushed({ status }), { at: noon + (index + 1) * 3_600_000 })
    expect(await story(database)).toEqual([
      'production 待审核',
      'production -200 pushed',
      'production 200 pushed',
      'production -200 pushed',
    ])
  })

  it('takes codes and words as the merchant has corrected them', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const rules = { listPath: null, fields: {}, profile: null, words: [], dateFormats: [], zoneMinutes: null }
    const codes = [{ axis: 'production' as const, code: '777', means: 'needsMerchant' as const }]
    await database.call('mapping.save', { accountId: account, type: 'own', rules: { ...rules, codes } })
    await receivePush(database, pushed({ status: '777' }))
    expect((await order(database))?.row).toMatchObject({ status: '777', stage: 'needsMerchant' })
  })

  it('reads a body of many orders, and keeps what names none', async () => {
    await using database = await openTestDatabase()
    const all = elements(300)
    await pull(database, all)
    const body = all.map(({ order_sn }) => ({ order_sn, status: 550, status_name: '已发货' }))
    await receivePush(database, [...body, { hello: 1 }])
    expect(await counts(database)).toMatchObject({ merged: 300, unreadable: 1 })
    expect((await order(database, '20261124000300'))?.row).toMatchObject({ status: '已发货' })
  })

  it('answers others while it reads and merges a push of ten thousands of orders', async () => {
    await using database = await openTestDatabase()
    const body = Array.from({ length: 20_000 }, (_, n) => ({
      order_no: `N${n}`,
      status: 550,
      remark: '备注'.repeat(50),
    }))
    await receivePush(database, body, { settle: false })
    const merging = { ended: false }
    const settled = database.call('pushes.settle', {}).then(() => (merging.ended = true))
    let answered = 0
    for (; !merging.ended; answered += 1) await counts(database)
    await settled
    expect(answered).toBeGreaterThan(20)
    expect(await counts(database)).toMatchObject({ unmatched: 20_000 })
  }, 60_000)

  it('keeps a notice about a product apart', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const before = await order(database)
    await receivePush(database, { event_type: 'product_status', outer_id: 'W000001', status: '0' })
    expect(await order(database)).toEqual(before)
    expect(await listPushes(database)).toMatchObject([{ state: 'product', order: null }])
  })
})

describe('between a push and a pull', () => {
  it("lets the later by the upstream's own time win, whichever comes last", async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ update_time: '2026-11-24 11:00:00', status: 470, status_name: '开卡中' })])
    await receivePush(database, pushed({ update_time: '2026-11-24 11:30:00' }), { at: noon + 1_000 })
    // The upstream's list lags behind what it pushed.
    const stale = element({ update_time: '2026-11-24 11:10:00', status: 500, status_name: '待发货', remark: '新备注' })
    await pull(database, [stale], { at: noon + 2_000 })
    expect((await order(database))?.row).toMatchObject({ status: '550', courier: '顺丰速运', remark: '新备注' })
    const fresh = element({ update_time: '2026-11-24 11:40:00', status: -460, status_name: '开卡失败' })
    await pull(database, [fresh], { at: noon + 3_000 })
    expect((await order(database))?.row).toMatchObject({ status: '开卡失败', stage: 'failed' })
    // A push that is older by its own time only fills and tells.
    const late = pushed({ status: '500', update_time: '2026-11-24 11:20:00', iccid: '89860000000000000001' })
    await receivePush(database, late, { at: noon + 4_000 })
    expect((await order(database))?.row).toMatchObject({ status: '开卡失败', iccid: '89860000000000000001' })
  })

  it('lets the order of arrival decide where there is no such time', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    // A call is under way, its reply is not here yet.
    const asked = await ask(database, { at: noon + 1_000 })
    await receivePush(database, pushed(), { at: noon + 2_000 })
    const replyId = await receive(database, asked, replyOf([element({ status: 470, status_name: '开卡中' })]))
    await database.call('replies.merge', { replyId, at: noon + 3_000 })
    expect((await order(database))?.row).toMatchObject({ status: '开卡中', courier: '顺丰速运' })
    expect(await story(database)).toEqual(['production 待审核', 'production 550 pushed', 'production 开卡中'])
  })

  it('lets a push win over a reply that had come before it and is merged after it', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const asked = await ask(database, { at: noon + 1_000 })
    const replyId = await receive(
      database,
      asked,
      replyOf([element({ status: 470, status_name: '开卡中', remark: 'R' })]),
    )
    await receivePush(database, pushed(), { at: noon + 2_000 })
    await database.call('replies.merge', { replyId, at: noon + 3_000 })
    expect((await order(database))?.row).toMatchObject({ status: '550', remark: 'R' })
  })
})

describe('finding the order of a push', () => {
  it('goes by order number, else by own number, over both types', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await pull(database, [element({ order_sn: 'D1', out_trade_no: 'X1' })], { type: 'distributor' })
    await receivePush(database, { outer_id: 'X1', status: '500' })
    expect((await order(database, 'D1'))?.row).toMatchObject({ status: '500', type: 'distributor' })
    await receivePush(database, { order_no: 'D1', outer_id: 'W000001', status: '470' }, { at: noon + 1_000 })
    expect((await order(database, 'D1'))?.row).toMatchObject({ status: '470', type: 'distributor' })
    expect((await order(database))?.row.status).toBe('待审核')
  })

  it('keeps and lists a push without an order, and merges it when the order arrives', async () => {
    await using database = await openTestDatabase()
    const told: number[] = []
    database.on('pushes.changed', ({ waiting }) => told.push(waiting))
    await receivePush(database, pushed({ update_time: '2026-11-24 13:00:00' }))
    await receivePush(database, { order_no: orderNo, is_activated: '1' })
    expect(told.at(-1)).toBe(2)
    expect(await listPushes(database, ['unmatched'])).toMatchObject([{ orderNo }, { ownNo: 'W000001' }])
    await pull(database, [element({ update_time: '2026-11-24 12:00:00' })], { at: noon + 60_000 })
    expect(await counts(database)).toMatchObject({ merged: 2, unmatched: 0 })
    // The one push is later by its own time; of the other only the order of arrival is known, and what was empty.
    expect((await order(database))?.row).toMatchObject({ status: '550', activation: '1', firstSeenAt: noon })
    expect(await story(database)).toContain('production 550 pushed')
  })

  it('merges neither of several, unless what it names tells them apart', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element(), element({ order_sn: 'A2', plan_mobile_produced: '17700010003' })])
    await receivePush(database, { outer_id: 'W000001', status: '550' })
    expect(await listPushes(database)).toMatchObject([{ state: 'several', order: null }])
    expect(await database.call('wanted.list', { accountId: account })).toMatchObject([{ type: null, count: 1 }])
    await receivePush(database, pushed({ plan_mobile_produced: '17700010003' }), { at: noon + 1_000 })
    expect((await order(database, 'A2'))?.row.status).toBe('550')
    expect((await order(database))?.row.status).toBe('待审核')
  })

  it('shows personal values masked', async () => {
    await using database = await openTestDatabase()
    await receivePush(database, { outer_id: 'W9', mobile: '13800138000', name: '张小三', status: '550' })
    const [item] = await listPushes(database)
    expect(item?.said).toContainEqual({ column: 'phone', value: '138****8000' })
    expect(JSON.stringify(item)).not.toMatch(/13800138000|张小三/)
  })
})

describe('a push that was answered', () => {
  it('is merged at the next start when the process was killed before that', async () => {
    const folder = temporaryFolder()
    const first = await openTestDatabase({ folder })
    await pull(first, [element()])
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        receivePush(first, { order_no: `N${index}`, status: '550' }, { settle: false }),
      ),
    )
    await receivePush(first, pushed(), { settle: false })
    await first.crash()
    await using database = await openTestDatabase({ folder })
    await database.call('pushes.settle', {})
    expect(await counts(database)).toMatchObject({ merged: 1, unmatched: 50, waiting: 0 })
    expect((await order(database))?.row.status).toBe('550')
  })

  it('goes with its account, and with age once nothing waits for it', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await receivePush(database, pushed())
    await receivePush(database, { outer_id: 'W9', status: '550' })
    await database.call('replies.purge', { before: noon + 1 })
    expect(await counts(database)).toMatchObject({ merged: 0, unmatched: 1 })
    await database.call('accounts.forget', { accountId: account })
    expect(await counts(database)).toMatchObject({ unmatched: 0, lastReceivedAt: null })
  })
})

describe('an order that only a status callback knows', () => {
  const callback = { order_sn: orderNo, out_trade_no: 'W000001', status: 550, status_name: '已发货' }
  const wanted = (database: TestDatabase) => database.call('wanted.list', { accountId: account })

  it('is kept, wanted in full, and read in full by channel 1', async () => {
    await using database = await openTestDatabase()
    expect(await pull(database, [callback], { channel: 'callback' })).toMatchObject({ new: 1 })
    expect(await wanted(database)).toEqual([
      { type: 'own', reads: 0, from: '2026-11-24 12:00:00', created: false, count: 1 },
    ])
    const read = { accountId: account, types: ['own' as const], heardBefore: noon + 1 }
    await database.call('wanted.noteRead', read)
    expect(await wanted(database)).toMatchObject([{ reads: 1 }])
    await pull(database, [element({ status: 550, status_name: '已发货' })])
    expect(await wanted(database)).toEqual([])
    expect(JSON.parse((await order(database))?.original ?? '')).toMatchObject({ id_name: '张小三' })
  })

  it('takes no whole original away', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await pull(database, [callback], { channel: 'callback' })
    const found = await order(database)
    expect(found?.row.status).toBe('已发货')
    expect(JSON.parse(found?.original ?? '')).toMatchObject({ id_name: '张小三' })
    expect(await wanted(database)).toEqual([])
  })

  it('is wanted for a push without an order too', async () => {
    await using database = await openTestDatabase()
    await receivePush(database, pushed())
    expect(await wanted(database)).toMatchObject([{ type: null, reads: 0, created: false, count: 1 }])
  })
})

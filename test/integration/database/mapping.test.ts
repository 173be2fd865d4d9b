import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { ownOrders, rules } from '../../support/mapping.ts'
import { account, element, elements, noon, pull } from '../../support/sync-steps.ts'

async function order(database: TestDatabase, orderNo = '20261124000001') {
  const [found] = await database.call('orders.byNumber', { accountId: account, orderNo })
  return found
}

/** Two phones of which the app takes the wrong one for the customer's; a word that it does not know. */
function misread(changes: object = {}) {
  return element({ mobile: '13911112222', tel_b: '13800138000', status: 7, status_name: '归档', ...changes })
}

describe('what the merchant decides', () => {
  it('is nothing by default, and is kept for each order type by itself', async () => {
    await using database = await openTestDatabase()
    expect(await database.call('mapping.get', ownOrders)).toEqual({ rules: rules(), rerunDue: false })
    const decided = rules({ fields: { phone: ['tel_b'] }, zoneMinutes: 0 })
    expect(await database.call('mapping.save', { ...ownOrders, rules: decided })).toEqual({
      rules: decided,
      rerunDue: true,
    })
    expect(await database.call('mapping.get', { accountId: account, type: 'distributor' })).toEqual({
      rules: rules(),
      rerunDue: false,
    })
    await database.crash()
    await using again = await openTestDatabase({ folder: database.folder })
    expect((await again.call('mapping.get', ownOrders)).rules).toEqual(decided)
  })

  it('is refused where it makes no sense, with the place in it', async () => {
    await using database = await openTestDatabase()
    const save = database.call('mapping.save', { ...ownOrders, rules: rules({ dateFormats: ['HH:mm'] }) })
    await expect(save).rejects.toMatchObject({
      code: 'mappingInvalid',
      data: { at: 'dateFormats.0', problem: 'dateFormat' },
    })
  })

  it('is followed by the next merge', async () => {
    await using database = await openTestDatabase()
    const decided = rules({
      fields: { phone: ['tel_b'] },
      words: [{ axis: 'production', word: '归档', means: 'settled' }],
    })
    await database.call('mapping.save', { ...ownOrders, rules: decided })
    await pull(database, [misread()])
    expect((await order(database))?.row).toMatchObject({ phone: '13800138000', stage: 'settled', status: '归档' })
  })
})

describe('the view of the latest replies', () => {
  it('says where orders were found, what feeds what, and what was not used', async () => {
    await using database = await openTestDatabase()
    await pull(database, [misread(), misread({ order_sn: '20261124000002' })])
    const view = await database.call('mapping.view', { ...ownOrders, rules: null })
    expect(view).toMatchObject({
      source: 'replies',
      replies: 1,
      elements: 2,
      listPath: 'data',
      orders: 2,
      unreadable: 0,
    })
    expect(view.places[0]).toMatchObject({ path: 'data', elements: 2 })
    const phone = view.columns.find(({ column }) => column === 'phone')
    expect(phone).toMatchObject({ sources: [{ path: 'mobile' }], byRule: false })
    expect(view.statuses).toContainEqual(
      expect.objectContaining({ axis: 'production', word: '归档', count: 2, means: null }),
    )
    expect(view.unused).toContain('tel_b')
  })

  it('shows no personal value, wherever a draft would put it', async () => {
    await using database = await openTestDatabase()
    await pull(database, [misread()])
    const draft = rules({ fields: { remark: ['mobile'], productName: ['id_name'], orderNo: ['id_num'] } })
    for (const asked of [null, draft]) {
      const shown = JSON.stringify(await database.call('mapping.view', { ...ownOrders, rules: asked }))
      for (const secret of [
        '13911112222',
        '13800138000',
        '张小三',
        '110101199003071234',
        '科技园南路1号',
        '17700010002',
      ])
        expect(shown).not.toContain(secret)
    }
  })

  it('shows what a draft would make of real rows, and writes nothing', async () => {
    await using database = await openTestDatabase()
    await pull(database, [misread({ create_time: '24/11/2026 10:00' })])
    const before = JSON.stringify([await order(database), await database.call('mapping.get', ownOrders)])
    const draft = rules({
      fields: { phone: ['tel_b'], createdAt: ['create_time'] },
      codes: [{ axis: 'production', code: '7', means: 'settled' }],
      dateFormats: ['DD/MM/YYYY HH:mm'],
      zoneMinutes: 0,
    })
    const view = await database.call('mapping.view', { ...ownOrders, rules: draft })
    expect(view.rows[0]).toMatchObject({
      stage: 'settled',
      fields: { phone: '138****8000', createdAt: '2026-11-24 18:00:00' },
    })
    expect(JSON.stringify([await order(database), await database.call('mapping.get', ownOrders)])).toBe(before)
  })

  it('takes the stored originals where every raw reply has expired', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(3), { at: noon })
    await database.call('replies.purge', { before: noon + 1 })
    expect(await database.call('mapping.view', { ...ownOrders, rules: null })).toMatchObject({
      source: 'originals',
      elements: 3,
      listPath: null,
    })
  })

  it('is empty where nothing came yet', async () => {
    await using database = await openTestDatabase()
    expect(await database.call('mapping.view', { ...ownOrders, rules: null })).toMatchObject({
      source: 'none',
      rows: [],
    })
  })
})

describe('unreadable items', () => {
  const nameless = { id_name: '张小三', mobile: '13800138000', goods_name: '星卡29元', status: 200 }

  it('are listed once however often they come, masked until revealed', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element(), nameless], { at: noon })
    await pull(database, [element(), nameless], { at: noon + 1_000 })
    const list = (reveal: boolean) => database.call('mapping.unreadable', { ...ownOrders, start: 0, count: 10, reveal })
    const { items, total } = await list(false)
    expect(total).toBe(1)
    expect(items[0]).toMatchObject({ reason: 'noOrderNumber', times: 2, firstSeenAt: noon, lastSeenAt: noon + 1_000 })
    expect(items[0]?.original).not.toMatch(/13800138000|张小三/)
    expect((await list(true)).items[0]?.original).toBe(JSON.stringify(nameless))
  })

  it('go when the same element is read as an order', async () => {
    await using database = await openTestDatabase()
    const odd = { ...nameless, slip: 'B-77' }
    await pull(database, [element(), odd])
    await database.call('mapping.save', { ...ownOrders, rules: rules({ fields: { orderNo: ['order_sn', 'slip'] } }) })
    await pull(database, [element(), odd])
    const { total } = await database.call('mapping.unreadable', { ...ownOrders, start: 0, count: 10, reveal: false })
    expect(total).toBe(0)
    expect((await order(database, 'B-77'))?.row.productName).toBe('星卡29元')
  })
})

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { allOrders } from '#shared/contract/order-filter.ts'
import type { OrderFilter, OrderSort } from '#shared/contract/orders.ts'
import { orderColumns } from '#domain/vocabulary.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { account, element, noon, pull } from '../../support/sync-steps.ts'

const everything: OrderFilter = allOrders(account)
const byCreation: OrderSort = { column: 'createdAt', descending: true }

const ownOrders = [
  element({ order_sn: 'A1', create_time: '2026-11-01 08:00:00', recharge_amount: '50' }),
  element({
    order_sn: 'A2',
    create_time: '2026-11-02 23:59:59',
    status: 550,
    status_name: '已发货',
    remark: '100%_好\\',
  }),
  element({ order_sn: 'A3', create_time: '2026-11-03 00:00:00', id_name: '李四', recharge_amount: '100' }),
  element({ order_sn: 'A4', create_time: '', mobile: '18912345678', recharge_amount: '9.5', status_name: null }),
]
const distributorOrders = [
  element({ order_sn: 'B1', create_time: '2026-11-02 12:00:00', status: 550, status_name: '已发货' }),
]

let database: TestDatabase
beforeAll(async () => {
  database = await openTestDatabase()
  await pull(database, ownOrders)
  await pull(database, distributorOrders, { type: 'distributor' })
  await pull(database, [element({ order_sn: 'C1' })], { accountId: 'account-2' })
})
afterAll(() => database[Symbol.asyncDispose]())

const view = (filter: Partial<OrderFilter> = {}, sort = byCreation, reveal = false, start = 0, count = 100) =>
  database.call('orders.window', { filter: { ...everything, ...filter }, sort, start, count, reveal })
const numbers = async (filter: Partial<OrderFilter> = {}, sort = byCreation) =>
  (await view(filter, sort)).rows.map(({ orderNo }) => orderNo)

describe('orders.window', () => {
  it('shows every order of the account, newest first, one without a creation time by when it was first seen', async () => {
    expect(await numbers()).toEqual(['A4', 'A3', 'A2', 'B1', 'A1'])
    expect((await view()).total).toBe(5)
  })

  it('gives the rows asked for and none beyond the end', async () => {
    const page = await view({}, byCreation, false, 3, 100)
    expect(page.rows.map(({ orderNo }) => orderNo)).toEqual(['B1', 'A1'])
    expect((await view({}, byCreation, false, 99, 10)).rows).toEqual([])
  })

  it.each<[string, Partial<OrderFilter>, string[]]>([
    ['a type', { type: 'distributor' }, ['B1']],
    ['a stage', { stages: ['shipped'] }, ['A2', 'B1']],
    ['a range with both ends included', { from: '2026-11-02 12:00:00', to: '2026-11-02 23:59:59' }, ['A2', 'B1']],
    ['a word of any axis', { status: '已发货' }, ['A2', 'B1']],
    ['a code of any axis', { status: '200' }, ['A4', 'A3', 'A1']],
    ['a part of a number', { search: '8912345' }, ['A4']],
    ['a part of a name', { search: '李' }, ['A3']],
    ['a part of an order number whatever its case', { search: 'a2' }, ['A2']],
    ['a per cent sign as itself', { search: '0%_' }, ['A2']],
    ['a backslash as itself', { search: '好\\' }, ['A2']],
    ['a quote', { search: `'"` }, []],
    ['everything at once', { type: 'own', stages: ['shipped'], from: '2026-11-01 00:00:00', search: 'A' }, ['A2']],
    ['another account', { accountId: 'nobody' }, []],
  ])('restricts to %s', async (_what, filter, expected) => {
    expect(await numbers(filter)).toEqual(expected)
  })

  it('sorts amounts as numbers and puts empty cells last either way', async () => {
    expect(await numbers({}, { column: 'rechargeAmount', descending: false })).toEqual(['A4', 'A1', 'A3', 'A2', 'B1'])
    expect(await numbers({}, { column: 'rechargeAmount', descending: true })).toEqual(['A3', 'A1', 'A4', 'B1', 'A2'])
  })

  it.each(orderColumns)('sorts by %s, both ways', async (column) => {
    expect((await numbers({}, { column, descending: true })).toSorted()).toEqual(['A1', 'A2', 'A3', 'A4', 'B1'])
    expect((await numbers({}, { column, descending: false })).toSorted()).toEqual(['A1', 'A2', 'A3', 'A4', 'B1'])
  })

  it('shows the upstream’s word for a status and its code where there is none', async () => {
    const { rows } = await view({ search: 'A4' })
    expect(rows[0]).toMatchObject({ status: '200', activation: null })
    expect((await view({ search: 'A2' })).rows[0]?.status).toBe('已发货')
  })

  it('masks personal fields until revealed', async () => {
    const hidden = (await view({ search: 'A1' })).rows[0]
    expect(hidden).toMatchObject({ customerName: '张**', phone: '138****8000', idNumber: '110101********1234' })
    expect(hidden?.address).not.toBe('科技园南路1号')
    const shown = (await view({ search: 'A1' }, byCreation, true)).rows[0]
    expect(shown).toMatchObject({ customerName: '张小三', phone: '13800138000', idNumber: '110101199003071234' })
  })

  it('shows what a merge brought, with a new revision', async () => {
    await using own = await openTestDatabase()
    const window = () =>
      own.call('orders.window', { filter: everything, sort: byCreation, start: 0, count: 10, reveal: false })
    const before = await window()
    await pull(own, [element()])
    const after = await window()
    expect([before.total, after.total]).toEqual([0, 1])
    expect(after.revision).toBeGreaterThan(before.revision)
  })
})

describe('orders.counts', () => {
  it('counts tabs, stages within the tab, and what the whole filter shows', async () => {
    const counts = await database.call('orders.counts', { ...everything, type: 'own', stages: ['shipped'] })
    expect(counts).toMatchObject({ own: 1, distributor: 1, total: 1 })
    expect(counts.stages).toMatchObject({ shipped: 1, processing: 3, gone: 0 })
  })

  it('agrees with the window', async () => {
    for (const filter of [{}, { search: '李' }, { status: '200' }, { from: '2026-11-02 00:00:00' }])
      expect((await database.call('orders.counts', { ...everything, ...filter })).total).toBe(
        (await view(filter)).total,
      )
  })
})

describe('orders.detail', () => {
  const detail = async (orderNo: string, reveal: boolean) => {
    const { rows } = await view({ search: orderNo })
    return database.call('orders.detail', { accountId: account, id: rows[0]!.id, reveal })
  }

  it('masks the original too, wherever a personal value stands in it', async () => {
    const { original, row } = await detail('A1', false)
    for (const secret of ['张小三', '13800138000', '110101199003071234', '科技园南路1号', '17700010002'])
      expect(original + JSON.stringify(row)).not.toContain(secret)
    expect(JSON.parse(original)).toMatchObject({ order_sn: 'A1', id_name: '张**', status_name: '待审核' })
  })

  it('shows everything when revealed', async () => {
    const { original, changes } = await detail('A1', true)
    expect(JSON.parse(original)).toEqual(ownOrders[0])
    expect(changes).toHaveLength(1)
    expect(changes[0]).toMatchObject({ axis: 'production', from: null, seenAt: noon })
  })

  it('knows no order of another account', async () => {
    const { rows } = await view({ search: 'A1' })
    const foreign = database.call('orders.detail', { accountId: 'account-2', id: rows[0]!.id, reveal: true })
    await expect(foreign).rejects.toMatchObject({ code: 'orderNotFound' })
  })
})

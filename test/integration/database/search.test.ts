import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { allOrders, type OrderFilter } from '#shared/contract/order-filter.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { account, element, noon, pull } from '../../support/sync-steps.ts'

const newest = { column: 'createdAt', descending: true } as const

let database: TestDatabase

async function found(search: string, changes: Partial<OrderFilter> = {}): Promise<string[]> {
  const filter = { ...allOrders(account), search, ...changes }
  const { rows, total } = await database.call('orders.window', {
    filter,
    sort: newest,
    start: 0,
    count: 100,
    reveal: true,
  })
  expect((await database.call('orders.counts', filter)).total).toBe(total)
  return rows.map(({ orderNo }) => orderNo).toSorted()
}

/** The index is made in the background. */
async function indexed(): Promise<void> {
  while ((await database.call('orders.searchIndex', {})).waiting > 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

const orders = [
  element({ order_sn: 'A100200300', out_trade_no: 'Wx-77', id_name: '欧阳小三', mobile: '13800138000', remark: null }),
  element({ order_sn: 'A2', out_trade_no: 'W2', id_name: '张三', mobile: '13912345678', remark: '100%_好\\"\'' }),
  element({ order_sn: 'A3', out_trade_no: 'W3', id_name: '李', mobile: '18900001111', remark: 'VIP客户\n加急' }),
  element({
    order_sn: 'A4',
    out_trade_no: 'W4',
    id_name: '王五',
    tracking_number: 'SF1234567890123',
    goods_name: '星卡',
  }),
]

describe.each(['before the index is made', 'from the index'])('search, %s,', (when) => {
  beforeAll(async () => {
    database = await openTestDatabase()
    await pull(database, orders)
    await pull(database, [element({ order_sn: 'A100200300', id_name: '别家' })], { accountId: 'account-2' })
    if (when === 'from the index') await indexed()
  })
  afterAll(() => database[Symbol.asyncDispose]())

  it.each<[string, string[]]>([
    ['13800138000', ['A100200300', 'A4']],
    ['100200', ['A100200300']],
    ['00300', ['A100200300']],
    ['欧阳', ['A100200300']],
    ['阳小三', ['A100200300']],
    ['小三', ['A100200300']],
    ['三', ['A100200300', 'A2']],
    ['李', ['A3']],
    ['wX-7', ['A100200300']],
    ['sf12', ['A4']],
    ['123', ['A2', 'A4']],
    ['星卡', ['A100200300', 'A2', 'A3', 'A4']],
    ['vip', ['A3']],
    ['客户', ['A3']],
    ['户\n加', ['A3']],
    ['%', ['A2']],
    ['%_', ['A2']],
    ['_好', ['A2']],
    ['\\"', ['A2']],
    [`"'`, ['A2']],
    [`'`, ['A2']],
    ['" OR "', []],
    ['A2\0', ['A2']],
    ['没有', []],
    ['zzz', []],
    ['三\n1', []],
    ['x', ['A100200300']],
  ])('%j', async (text, numbers) => {
    expect(await found(text)).toEqual(numbers)
  })

  it('keeps to the filter beside it', async () => {
    expect(await found('三', { type: 'distributor' })).toEqual([])
    expect(await found('123', { from: '2027-01-01 00:00:00' })).toEqual([])
    const only = { ids: [2, 4] }
    expect(await found('三', { only })).toEqual(['A2'])
    expect(await found('', { only: { allBut: [2, 4] } })).toEqual(['A100200300', 'A3'])
  })
})

describe('the search index', () => {
  beforeEach(async () => {
    database = await openTestDatabase()
    await pull(database, orders)
    await indexed()
  })
  afterEach(() => database[Symbol.asyncDispose]())

  it('follows what a merge changes', async () => {
    await pull(database, [element({ order_sn: 'A4', id_name: '赵六', tracking_number: 'YT0000000001' })], {
      at: noon + 1,
    })
    expect([await found('赵六'), await found('王五'), await found('YT00'), await found('SF12')]).toEqual([
      ['A4'],
      [],
      ['A4'],
      [],
    ])
    await indexed()
    expect([await found('赵六'), await found('王五'), await found('YT00'), await found('SF12')]).toEqual([
      ['A4'],
      [],
      ['A4'],
      [],
    ])
  })

  it('follows notes and tags', async () => {
    const { rows } = await database.call('orders.window', {
      filter: allOrders(account),
      sort: newest,
      start: 0,
      count: 9,
      reveal: true,
    })
    const id = rows.find(({ orderNo }) => orderNo === 'A2')!.id
    const change = { note: '已电话催激活', addTags: ['重点客户'] }
    await database.call('annotations.save', { accountId: account, id, change })
    expect([await found('催激活'), await found('重点')]).toEqual([['A2'], ['A2']])
    await indexed()
    expect([await found('催激活'), await found('重点')]).toEqual([['A2'], ['A2']])
    await database.call('annotations.save', { accountId: account, id, change: { note: '' } })
    expect(await found('催激活')).toEqual([])
  })

  it('forgets a forgotten account', async () => {
    await database.call('accounts.forget', { accountId: account })
    await indexed()
    await pull(database, [element({ order_sn: 'B1', id_name: '新人' })], { at: noon + 1 })
    expect([await found('欧阳'), await found('新人')]).toEqual([[], ['B1']])
  })

  it('finds what comparing every order finds, whatever the text', async () => {
    const texts = orders.flatMap((order) => Object.values(order).filter((value) => typeof value === 'string'))
    const part = fc
      .tuple(fc.constantFrom(...texts), fc.nat(), fc.integer({ min: 1, max: 6 }))
      .map(([text, at, length]) => [...text].slice(at % text.length, (at % text.length) + length).join(''))
    const columns = 'order_sn out_trade_no id_name mobile remark tracking_number goods_name plan_mobile_produced'.split(
      ' ',
    )
    await fc.assert(
      fc.asyncProperty(fc.oneof(part, fc.string({ minLength: 1, maxLength: 3 })), async (text) => {
        const wanted = text.trim().replaceAll('\0', '').toLowerCase()
        fc.pre(wanted !== '')
        const holds = (value: unknown) => typeof value === 'string' && value.toLowerCase().includes(wanted)
        const expected = orders.filter((order) => columns.some((column) => holds(order[column])))
        expect(await found(text)).toEqual(expected.map(({ order_sn: number }) => number).toSorted())
      }),
      { numRuns: 60 },
    )
  })
})

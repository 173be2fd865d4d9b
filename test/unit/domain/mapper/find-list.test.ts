import { describe, expect, it } from 'vitest'
import type { Json } from '#domain/json.ts'
import { mapReply } from '#domain/mapper/map-reply.ts'
import type { MappedReply } from '#domain/mapper/types.ts'
import { chinese, facts, ganTanHao, jiTuan, many } from '../samples.ts'

const map = (value: unknown): MappedReply => mapReply(JSON.parse(JSON.stringify(value)) as Json)
const orders = many(ganTanHao, 3)
const byNumber = Object.fromEntries(orders.map((order) => [order.order_sn, order]))
const withoutNumber = Object.fromEntries(orders.map(({ order_sn: no, ...rest }) => [no, rest]))

describe('the list is found', () => {
  it.each([
    ['in data', { code: 200, data: orders }, 'data'],
    ['in data.list', { code: 200, data: { list: orders, total: 3 } }, 'data.list'],
    ['in data.<any>.list', { code: 200, data: { orders: { list: orders, page: 1 } } }, 'data.orders.list'],
    ['in data.<any>.lists', { code: 200, data: { ret: { lists: orders } } }, 'data.ret.lists'],
    ['in result', { status: 1, result: orders }, 'result'],
    ['as a bare array', orders, ''],
    ['as a JSON string', { code: 200, data: JSON.stringify(orders) }, 'data'],
    ['as a JSON string of an object', { code: 200, data: JSON.stringify({ list: orders }) }, 'data.list'],
    ['in an inner envelope', { code: 200, data: { msg: { code: 0, info: '' }, data: orders } }, 'data.data'],
    [
      'in an inner envelope in a string',
      { code: 1, data: JSON.stringify({ msg: { code: 0 }, data: orders }) },
      'data.data',
    ],
    ['of elements that are JSON strings', { code: 1, data: orders.map((order) => JSON.stringify(order)) }, 'data'],
    ['keyed by order number', { code: 200, data: byNumber }, 'data'],
    ['keyed by order number that the elements lack', { code: 200, data: withoutNumber }, 'data'],
    [
      'keyed by position, as PHP writes a list with gaps',
      { code: 200, data: { 0: orders[0], 2: orders[1], 5: orders[2] } },
      'data',
    ],
    ['keyed by type', { code: 200, data: { own: orders[0], other: orders[1], third: orders[2] } }, 'data'],
    ['under a Chinese name', { 状态码: 200, 数据: { 订单列表: orders } }, '数据.订单列表'],
    [
      'shared out over two places of one shape',
      { code: 200, data: { own: { list: orders.slice(0, 2) }, distributor: { list: orders.slice(2) } } },
      'data.*.list',
    ],
    [
      'shared out over the elements of a list',
      {
        code: 1,
        data: [
          { day: '1', list: orders.slice(0, 1) },
          { day: '2', list: orders.slice(1) },
        ],
      },
      'data.*.list',
    ],
    [
      'beside a longer list of something else',
      { code: 1, data: { goods: Array.from({ length: 50 }, (_, id) => ({ id, title: `t${id}` })), list: orders } },
      'data.list',
    ],
    ['beside debug output', { code: 1, debug: ['a', 'b'], user_ip: '1.2.3.4', exec_time: 0.01, data: orders }, 'data'],
    [
      'of orders that hold lists of their own',
      {
        code: 1,
        data: orders.map((order) => ({
          ...order,
          settleDetails: [
            { id: 1, status: 1, money: 3 },
            { id: 2, status: 1, money: 3 },
          ],
          logs: [{ status: 1, createTime: 'x', remark: 'y' }],
        })),
      },
      'data',
    ],
  ])('%s', (_title, reply, listPath) => {
    const mapped = map(reply)
    expect(mapped).toMatchObject({ listPath, unreadable: [], conflicts: 0 })
    expect(mapped.orders.map(({ orderNo }) => orderNo).toSorted()).toEqual([1, 2, 3].map((index) => facts(index).no))
  })

  it.each([
    ['a single order in data', { code: 200, data: ganTanHao(1) }, 'data'],
    ['a single order as the whole reply', jiTuan(1), ''],
    ['a single Chinese order', { data: chinese(1) }, 'data'],
    [
      'a single order in parts',
      {
        data: {
          order: { order_no: facts(1).no, status: 3 },
          customer: { name: '张三', phone: '13800138000' },
          express: { no: 'SF1', company: '顺丰' },
        },
      },
      'data',
    ],
    ['a short order', { data: { order_no: facts(1).no, status: 550 } }, 'data'],
  ])('%s', (_title, reply, listPath) => {
    const mapped = map(reply)
    expect(mapped.listPath).toBe(listPath)
    expect(mapped.orders.map(({ orderNo }) => orderNo)).toEqual([facts(1).no])
  })

  it.each([
    ['data', { code: 200, data: [] }],
    ['data.list', { code: 200, data: { list: [], total: 0 } }],
    ['', []],
    ['data', { code: 200, data: '[]' }],
  ])('empty at "%s"', (listPath, reply) => {
    expect(map(reply)).toMatchObject({ listPath, orders: [], unreadable: [] })
  })
})

describe('there is no list', () => {
  it.each([
    [{ code: 200, msg: 'ok' }],
    [{ code: 200, data: null }],
    [{ code: 200, data: '' }],
    [{ code: 200, data: {} }],
    [{ code: 200, data: '同步成功' }],
    [{ code: 200, data: { count: 12 } }],
    [{ code: 200, data: { success: 10, fail: 2, message: 'x' } }],
    [{ code: 200, debug: [{ order_no: '1', status: 1 }] }],
    [null],
    [12],
    ['x'],
  ])('in %j', (reply) => {
    expect(map(reply)).toMatchObject({ listPath: null, orders: [], unreadable: [], total: null })
  })
})

describe('the reply’s own total', () => {
  it.each([
    [{ data: { list: orders, total: 3 } }, 3],
    [{ data: { list: orders, totalCount: '40' } }, 40],
    [{ count: 9, data: orders }, 9],
    [{ count: 9, data: { list: orders, total: 3 } }, 3],
    [{ data: JSON.stringify({ list: orders, total: 7 }) }, 7],
    [{ data: { list: orders, total: 'many' } }, null],
    [{ data: { list: orders, total: -1 } }, null],
    [orders, null],
  ])('%#: is %j', (reply, total) => {
    expect(map(reply).total).toBe(total)
  })
})

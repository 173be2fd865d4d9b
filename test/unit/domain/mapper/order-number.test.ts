import { describe, expect, it } from 'vitest'
import type { Json } from '#domain/json.ts'
import { mapReply } from '#domain/mapper/map-reply.ts'
import type { MappedReply } from '#domain/mapper/types.ts'
import { facts, ganTanHao, many, type Sample } from '../samples.ts'

const map = (data: unknown): MappedReply => mapReply(JSON.parse(JSON.stringify({ code: 200, data })) as Json)
const numberPath = (mapped: MappedReply): string[] =>
  mapped.fields.filter(({ column }) => column === 'orderNo').map(({ path }) => path)
/** So many elements of a plain shape, with what the number fields hold. */
const list = (count: number, numbers: (index: number) => Sample): Sample[] =>
  many(
    (index) => ({ status: '待审核', mobile: facts(index).phone, goods_name: facts(index).product, ...numbers(index!) }),
    count,
  )

describe('the order number', () => {
  it.each([
    ['order_no before id', (index: number) => ({ id: 70_000 + index * 3, order_no: `N${index}` }), 'order_no'],
    ['id where there is nothing else', (index: number) => ({ id: 70_000 + index * 3 }), 'id'],
    [
      'id before a batch number that repeats',
      (index: number) => ({ id: 70_000 + index * 3, order_no: `B${index % 2}` }),
      'id',
    ],
    [
      'order_id before an order_no that repeats',
      (index: number) => ({ order_id: `I${index}`, order_no: `B${index % 4}` }),
      'order_id',
    ],
    [
      'order_no with one duplicate before a row index',
      (index: number) => ({ id: index, order_no: `N${index === 10 ? 9 : index}` }),
      'order_no',
    ],
    [
      'order_no with one duplicate before an id',
      (index: number) => ({ id: 70_000 + index * 3, order_no: `N${index === 10 ? 9 : index}` }),
      'order_no',
    ],
    [
      'order_no that one element lacks before an id',
      (index: number) => ({ id: 70_000 + index * 3, order_no: index === 4 ? '' : `N${index}` }),
      'order_no',
    ],
    [
      'the merchant’s own number never',
      (index: number) => ({ out_trade_no: `T${index}`, order_no: `N${index}` }),
      'order_no',
    ],
    ['a name nobody knows, by its values', (index: number) => ({ zzz: `20240901${1000 + index}`, kind: 'x' }), 'zzz'],
    ['nested', (index: number) => ({ order: { no: `N${index}`, note: '' } }), 'order.no'],
    ['not the product’s id', (index: number) => ({ goods: { id: 5000 + index }, order_no: `N${index}` }), 'order_no'],
    ['by an ending', (index: number) => ({ my_order_no: `N${index}`, id: index }), 'my_order_no'],
  ])('is %s', (_title, numbers, path) => {
    const mapped = map(list(12, numbers))
    expect(numberPath(mapped)).toEqual([path])
  })

  it.each([
    ['18 digits, like an ID number', (index: number) => `2024090112345678${10 + index}`],
    ['11 digits, like a phone', (index: number) => `138001300${10 + index}`],
    ['20 digits, like an ICCID', (index: number) => `898600000000000000${10 + index}`],
    ['14 digits, like a time', (index: number) => `202409011200${10 + index}`],
    ['10 digits, like an epoch', (index: number) => `17251493${10 + index}`],
    ['letters', (index: number) => 'ABCDEFGHIJKLMNOP'[index]!],
    ['Chinese', (index: number) => `订单${index}`],
    ['with signs', (index: number) => `A-2024/09.${index}`],
  ])('by a good name may be %s', (_title, number) => {
    const mapped = map(list(12, (index) => ({ order_no: number(index), id: index })))
    expect(mapped.orders.map(({ orderNo }) => orderNo)).toEqual(
      Array.from({ length: 12 }, (_, index) => number(index + 1)),
    )
  })

  it('is read from two names where elements of two kinds are mixed', () => {
    const mapped = map([
      ...list(3, (index) => ({ order_no: `N${index}` })),
      ...list(3, (index) => ({ order_sn: `S${index}`, remark: 'x' })),
    ])
    expect(mapped.orders.map(({ orderNo }) => orderNo)).toEqual(['N1', 'N2', 'N3', 'S1', 'S2', 'S3'])
  })

  it.each([
    ['9007199254740993', '9007199254740993'],
    ['12345678901234567890123', '12345678901234567890123'],
    ['"0012"', '0012'],
    ['"\'0012"', '0012'],
    ['" 77A "', '77A'],
  ])('%s stays %s', async (json, orderNo) => {
    const { parseJson } = await import('#domain/json.ts')
    const mapped = mapReply(parseJson(`{"code":200,"data":[{"order_no":${json},"status":1,"mobile":"13800138000"}]}`)!)
    expect(mapped.orders[0]).toMatchObject({ orderNo, fields: { orderNo } })
    expect(mapped.orders[0]!.original).toContain(orderNo)
  })
})

describe('elements that share a number', () => {
  const [a, b] = [ganTanHao(1), ganTanHao(2)]

  it('and are identical fold silently', () => {
    const mapped = map([a, b, a, a])
    expect(mapped).toMatchObject({ conflicts: 0, unreadable: [] })
    expect(mapped.orders).toHaveLength(2)
  })

  it('but differ are both kept: the later by update time is the order, the other is reported', () => {
    const newer = { ...a, status: 0, update_time: 1_725_800_000 }
    for (const data of [
      [a, newer, b],
      [newer, a, b],
    ]) {
      const mapped = map(data)
      expect(mapped.conflicts).toBe(1)
      expect(mapped.orders.map(({ stage }) => stage)).toEqual(['gone', 'activated'])
      expect(mapped.unreadable).toEqual([{ index: data.indexOf(a), reason: 'sameNumber', original: JSON.stringify(a) }])
    }
  })

  it('by position where neither says when it was updated', () => {
    const [first, second] = [
      { ...a, update_time: '' },
      { ...a, update_time: '', status: 0 },
    ]
    const mapped = map([first, second, b])
    expect(mapped.orders[0]!.stage).toBe('gone')
    expect(mapped.unreadable).toMatchObject([{ index: 0, reason: 'sameNumber' }])
  })

  it('three times over are all kept, each duplicate once', () => {
    const [second, third] = [
      { ...a, status: 500 },
      { ...a, status: 0 },
    ]
    const mapped = map([a, second, third, a, second, b, ganTanHao(3), ganTanHao(4)])
    expect(mapped.orders).toHaveLength(4)
    expect(mapped.unreadable.filter(({ reason }) => reason === 'sameNumber')).toHaveLength(2)
    expect(mapped.conflicts).toBe(2)
  })
})

describe('elements without a number', () => {
  it('are unreadable and say where they were', () => {
    const broken = { ...ganTanHao(2), order_sn: '' }
    const mapped = map([ganTanHao(1), broken, 'text', null, ganTanHao(3)])
    expect(mapped.orders).toHaveLength(2)
    expect(mapped.unreadable).toEqual([
      { index: 1, reason: 'noOrderNumber', original: JSON.stringify(broken) },
      { index: 2, reason: 'notAnObject', original: '"text"' },
      { index: 3, reason: 'notAnObject', original: 'null' },
    ])
  })

  it('are kept however few orders stand beside them', () => {
    const others = [
      'text',
      null,
      5,
      {},
      [],
      { note: 'x' },
      ...Array.from({ length: 30 }, (_, index) => `line ${index}`),
    ]
    for (const reply of [[...others, ganTanHao(1)], { code: 200, data: [ganTanHao(1), ...others] }]) {
      const mapped = map(reply)
      expect(mapped.orders).toHaveLength(1)
      expect(mapped.unreadable).toHaveLength(others.length)
    }
  })

  it('are kept among orders that are keyed by their number', () => {
    const mapped = map({ data: { 202409010001: ganTanHao(1), 202409010002: ganTanHao(2), 202409010003: '查询错误' } })
    expect(mapped.orders).toHaveLength(2)
    expect(mapped.unreadable).toMatchObject([{ reason: 'notAnObject', original: '"查询错误"' }])
  })

  it.each(['', '0', 0, null, ' ', '-', 'null'])('%j is no number', (order_sn) => {
    expect(map([ganTanHao(1), { ...ganTanHao(2), order_sn }]).unreadable).toMatchObject([{ reason: 'noOrderNumber' }])
  })

  it('of a list in which the only candidate repeats everywhere say so', () => {
    const mapped = map(list(12, () => ({ id: 7 })))
    expect(mapped.orders).toEqual([])
    expect(mapped.unreadable).toHaveLength(12)
    expect(mapped.unreadable[0]!.reason).toBe('orderNumberRepeats')
  })

  it('take the key under which they stand', () => {
    const { order_sn: _no, ...rest } = ganTanHao(1)
    const mapped = map({ '202409019999': rest, '202409018888': { ...rest, status: 0 } })
    expect(mapped.orders.map(({ orderNo }) => orderNo)).toEqual(['202409019999', '202409018888'])
  })
})

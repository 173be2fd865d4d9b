import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonText, parseJson, type Json } from '#domain/json.ts'
import { mapReply } from '#domain/mapper/map-reply.ts'
import { isBeijing } from '#domain/beijing-time.ts'
import { ganTanHao, guangMengYun, jiTuan, many } from '../samples.ts'

const names = fc.constantFrom(
  'order_no',
  'order_sn',
  'id',
  'status',
  'status_name',
  'name',
  'phone',
  'mobile',
  'number',
  'express',
  'create_time',
  'updatedAt',
  'amount',
  'recharge_amount',
  'is_activated',
  '订单号',
  '姓名',
  'xm',
  'x',
  '__proto__',
  'constructor',
  'data',
  'list',
)
const scalar = fc.oneof(
  fc.constantFrom(
    '',
    null,
    0,
    '0',
    550,
    '已发货',
    '张三',
    '13800138000',
    'SF1234567890123',
    '2024-09-01 00:00:00',
    1725149350,
    true,
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.integer({ min: 1, max: 6 }),
)
const element = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.dictionary(
      names,
      fc.oneof(
        { weight: 6, arbitrary: scalar },
        { weight: 1, arbitrary: fc.dictionary(names, scalar, { maxKeys: 4 }) },
      ),
      { maxKeys: 10 },
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
)
const times = ['createdAt', 'updatedAt', 'shippedAt', 'activatedAt', 'rechargedAt', 'settledAt'] as const

describe('whatever the upstream sends', () => {
  it('mapping never throws and never touches what it was given', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue({ maxDepth: 5 }), fc.record({ code: fc.integer(), data: fc.jsonValue() })),
        (value) => {
          const before = JSON.stringify(value)
          mapReply(value as Json)
          expect(JSON.stringify(value)).toBe(before)
        },
      ),
      { numRuns: 1_000 },
    )
  })

  it('every element of the list is an order, a duplicate of one, or an unreadable item', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 8 }), fc.nat({ max: 3 }), (elements, repeated) => {
        const all = [...elements, ...elements.slice(0, repeated)] as Json[]
        const mapped = mapReply({ code: 200, data: all })
        if (mapped.listPath !== 'data') return
        const kept = [
          ...mapped.orders.map(({ original }) => original),
          ...mapped.unreadable.map(({ original }) => original),
        ]
        expect(new Set(kept)).toEqual(new Set(all.map((one) => openedText(one))))
        const numbers = mapped.orders.map(({ orderNo }) => orderNo)
        expect(new Set(numbers).size).toBe(numbers.length)
        expect(mapped.conflicts).toBe(mapped.unreadable.filter(({ reason }) => reason === 'sameNumber').length)
        expect(mapped.orders.length + mapped.unreadable.length).toBeLessThanOrEqual(all.length)
        for (const { index, original } of mapped.unreadable) expect(openedText(all[index]!)).toBe(original)
      }),
      { numRuns: 1_000 },
    )
  })

  it('an order holds only values in their column’s form, and its stage and number', () => {
    fc.assert(
      fc.property(fc.array(element, { minLength: 1, maxLength: 6 }), (elements) => {
        for (const { orderNo, fields, upstreamAt } of mapReply({ data: elements as Json }).orders) {
          expect(fields.orderNo).toBe(orderNo)
          expect(upstreamAt).toBe(fields.updatedAt ?? null)
          for (const [column, value] of Object.entries(fields)) expect(value, column).toMatch(/\S/)
          for (const column of times) expect(isBeijing(fields[column] ?? '2024-01-01 00:00:00')).toBe(true)
          for (const column of ['commission', 'rechargeAmount'] as const)
            expect(fields[column] ?? '0').toMatch(/^-?\d+(\.\d+)?$/)
        }
      }),
      { numRuns: 500 },
    )
  })

  it.each([
    ['敢探号', ganTanHao],
    ['极团', jiTuan],
    ['广梦云', guangMengYun],
  ])('the order of fields and of elements does not matter (%s)', (_name, builder) => {
    const elements = many(builder, 6)
    const byNumber = (list: readonly Json[]): unknown =>
      mapReply({ data: list })
        .orders.map(({ original: _original, ...order }) => order)
        .toSorted((one, other) => (one.orderNo < other.orderNo ? -1 : 1))
    const expected = byNumber(elements as Json[])
    fc.assert(
      fc.property(
        fc.shuffledSubarray(Object.keys(elements[0]!), { minLength: Object.keys(elements[0]!).length }),
        fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }),
        (keys, order) => {
          const shuffled = order.map((index) => Object.fromEntries(keys.map((key) => [key, elements[index]![key]])))
          expect(byNumber(shuffled as Json[])).toEqual(expected)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('endless nesting and endless width end', () => {
    const deep = parseJson(`{"data":${'{"a":['.repeat(3_000)}1${']}'.repeat(3_000)}}`)!
    expect(mapReply(deep).orders).toEqual([])
    const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, { a: [{ b: index }] }]))
    expect(mapReply({ data: wide }).orders).toEqual([])
    const columns = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`k${index}`, index]))
    expect(mapReply({ data: [{ order_no: 'A', status: 1, ...columns }] }).orders).toHaveLength(1)
  })

  it('a very long value is no reason to stall', () => {
    const long = '1'.repeat(300_000)
    const mapped = mapReply({
      data: [{ order_no: 'A', status: 1, remark: `${long}<<<<`, address: long, province: long }],
    })
    expect(mapped.orders[0]!.fields.remark).toHaveLength(2_000)
    expect(mapReply({ data: [{ order_no: long, status: 1 }] }).unreadable).toHaveLength(1)
  })
})

/** A JSON string that holds an element counts as that element. */
function openedText(value: Json): string {
  const inner = typeof value === 'string' && /^\s*(?:"\s*)?[[{]/.test(value) ? parseJson(value) : undefined
  return jsonText(typeof inner === 'object' ? inner : value)
}

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '#domain/json.ts'
import { mapReply } from '#domain/mapper/map-reply.ts'
import { faultOf, noRules, readingOf, type MappingRules } from '#domain/mapper/rules.ts'
import { mergeOrder } from '#domain/merge-order.ts'
import { axisMeanings, axes, mappedColumns, orderFields } from '#domain/vocabulary.ts'
import { ganTanHao, type Sample } from '../samples.ts'

const rules = (decided: Partial<MappingRules>): MappingRules => ({ ...noRules, ...decided })
const map = (data: unknown, decided: Partial<MappingRules> = {}) =>
  mapReply(JSON.parse(JSON.stringify({ code: 200, data })) as Json, undefined, readingOf(rules(decided)))
const samples = (count: number, overrides: Sample = {}): Sample[] =>
  Array.from({ length: count }, (_, index) => ganTanHao(index + 1, overrides))

describe('without any decision', () => {
  it('replies are read as always', () => {
    const data = samples(12)
    const plain = mapReply({ code: 200, data: data as Json })
    const ruled = map(data)
    expect(JSON.stringify(ruled)).toBe(JSON.stringify(plain).replaceAll('"corrections":undefined', ''))
  })
})

describe('a decided column', () => {
  const data = samples(6, { agent_tel: '13900001111', contact_a: '13700002222', remark: '急' })

  it('is fed by its paths, the first that says something', () => {
    const { orders } = map(
      [
        { ...data[0], a: '', b: 'X1' },
        { ...data[1], a: 'X0', b: 'X1' },
      ],
      { fields: { remark: ['a', 'b'] } },
    )
    expect(orders.map(({ fields }) => fields.remark)).toEqual(['X1', 'X0'])
  })

  it('takes its path from the column that had it, and leaves what it had to nobody', () => {
    const { fields } = map(data, { fields: { phone: ['contact_a'] } })
    const pathsOf = (column: string) => fields.filter((one) => one.column === column).map(({ path }) => path)
    expect(pathsOf('phone')).toEqual(['contact_a'])
    expect(fields.map(({ path }) => path)).not.toContain('mobile')
    expect(fields.find(({ column }) => column === 'phone')?.confidence).toBe(1)
  })

  it('stays empty where the merchant says nothing feeds it', () => {
    const mapped = map(data, { fields: { phone: [], customerName: [] } })
    expect(mapped.orders.every(({ fields }) => fields.phone === undefined && fields.customerName === undefined)).toBe(
      true,
    )
    expect(mapped.unused).toEqual(expect.arrayContaining(['mobile', 'id_name']))
  })

  it('is fed with nothing, and by no guess, where a reply lacks its path', () => {
    const { orders } = map(data, { fields: { phone: ['not_here'] } })
    expect(orders.every(({ fields }) => fields.phone === undefined)).toBe(true)
  })

  it('reads a path whose name holds a dot', () => {
    const { orders } = map([{ ...data[0], 'tel.b': '13600003333' }], { fields: { phone: ['tel.b'] } })
    expect(orders[0]?.fields.phone).toBe('13600003333')
  })

  it('can be the order number: elements without it are unreadable, and no other name stands in', () => {
    const mapped = map([{ ...data[0], slip: 'A-1' }, data[1]], { fields: { orderNo: ['slip'] } })
    expect(mapped.orders.map(({ orderNo }) => orderNo)).toEqual(['A-1'])
    expect(mapped.unreadable).toMatchObject([{ index: 1, reason: 'noOrderNumber' }])
  })

  it('can be an axis', () => {
    const { orders } = map([{ ...data[0], status: 1, zt: '已发货' }], { fields: { production: ['zt'] } })
    expect(orders[0]).toMatchObject({ axes: { production: { word: '已发货', code: null } }, stage: 'activated' })
  })
})

describe('a decided list', () => {
  const list = samples(3)
  it.each<[string, unknown, string]>([
    ['beside another that looks like orders too', { goods: samples(9), page: { rows: list } }, 'data.page.rows'],
    ['as a JSON string', { goods: samples(9), page: JSON.stringify({ rows: list }) }, 'data.page.rows'],
    ['under several names', { own: { rows: list.slice(0, 1) }, far: { rows: list.slice(1) } }, 'data.*.rows'],
    ['keyed', { goods: samples(9), rows: { a: list[0], b: list[1], c: list[2] } }, 'data.rows'],
    ['empty', { goods: samples(9), rows: [] }, 'data.rows'],
  ])('is read %s', (_where, data, listPath) => {
    const mapped = map(data, { listPath })
    expect(mapped.listPath).toBe(listPath)
    expect(mapped.orders).toHaveLength(_where === 'empty' ? 0 : 3)
  })

  it('is looked for as always where a reply has nothing there: nothing that may come only once is passed over', () => {
    expect(map(list, { listPath: 'data.rows' })).toMatchObject({ listPath: 'data', orders: { length: 3 } })
  })
})

describe('a decided status', () => {
  it.each<[string, Sample, Partial<MappingRules>, string]>([
    [
      'a word nobody knows',
      { status: 7, status_name: '归档', is_activated: 0, is_recharged: 0 },
      { words: [{ axis: 'production', word: '归档', means: 'settled' }] },
      'settled',
    ],
    [
      'a word in another writing',
      { status: null, status_name: '【归档】', is_activated: 0, is_recharged: 0 },
      { words: [{ axis: 'production', word: '归档', means: 'failed' }] },
      'failed',
    ],
    [
      'a code',
      { status: '007', is_activated: 0, is_recharged: 0 },
      { codes: [{ axis: 'production', code: '7', means: 'needsMerchant' }] },
      'needsMerchant',
    ],
    [
      'a code against the word beside it',
      { status: 7, status_name: '已发货', is_activated: 0, is_recharged: 0 },
      { codes: [{ axis: 'production', code: '7', means: 'failed' }] },
      'failed',
    ],
    [
      'a word against the code beside it',
      { status: 7, status_name: '甲', is_activated: 0, is_recharged: 0 },
      {
        words: [{ axis: 'production', word: '甲', means: 'shipped' }],
        codes: [{ axis: 'production', code: '7', means: 'failed' }],
      },
      'shipped',
    ],
    [
      'a guess taken back',
      { status: null, status_name: '已发货', is_activated: 0, is_recharged: 0 },
      { words: [{ axis: 'production', word: '已发货', means: 'unknown' }] },
      'unknown',
    ],
    [
      'another axis',
      { status: 550, is_activated: 2, is_recharged: 0 },
      { codes: [{ axis: 'activation', code: '2', means: 'activated' }] },
      'activated',
    ],
  ])('%s', (_what, overrides, decided, stage) => {
    expect(map([ganTanHao(1, overrides)], decided).orders[0]?.stage).toBe(stage)
  })

  it('decides what counts as going backward, and what is the same', () => {
    const decided: Partial<MappingRules> = {
      words: [
        { axis: 'production', word: '甲', means: 'failed' },
        { axis: 'production', word: '乙', means: 'processing' },
      ],
      codes: [{ axis: 'production', code: '9', means: 'processing' }],
    }
    const one = (overrides: Sample) =>
      map([ganTanHao(1, { is_activated: 0, is_recharged: 0, ...overrides })], decided).orders[0]!
    const failed = mergeOrder(null, one({ status: null, status_name: '甲' }))
    const again = mergeOrder(failed, one({ status: null, status_name: '乙' }))
    expect(again.changes).toMatchObject([{ axis: 'production', backward: true, stage: 'processing' }])
    expect(mergeOrder(again, one({ status: 9, status_name: null })).changes).toEqual([])
  })

  it('is read by the decided profile', () => {
    const [order] = map([{ order_no: 'A1', status: 3, mobile: '13800138000' }], { profile: 'haoYi' }).orders
    expect(order).toMatchObject({ stage: 'shipped', profile: 'haoYi' })
  })
})

describe('times', () => {
  const created = (text: unknown, decided: Partial<MappingRules>) =>
    map([ganTanHao(1, { create_time: text })], { ...decided, fields: { createdAt: ['create_time'] } }).orders[0]?.fields
      .createdAt
  it.each<[unknown, Partial<MappingRules>, string | undefined]>([
    ['03/04/2026 10:00', {}, undefined],
    ['03/04/2026 10:00', { dateFormats: ['DD/MM/YYYY HH:mm'] }, '2026-04-03 10:00:00'],
    ['03/04/2026 10:00', { dateFormats: ['MM/DD/YYYY HH:mm'] }, '2026-03-04 10:00:00'],
    ['3.4.26', { dateFormats: ['D.M.YY'] }, '2026-04-03 00:00:00'],
    ['04/03/2026 02:15 PM', { dateFormats: ['MM/DD/YYYY hh:mm A'] }, '2026-04-03 14:15:00'],
    ['2026年4月3日 下午12:05', { dateFormats: ['YYYY年M月D日 Ah:mm'] }, '2026-04-03 12:05:00'],
    ['31/02/2026 10:00', { dateFormats: ['DD/MM/YYYY HH:mm'] }, undefined],
    ['2026-04-03 10:00:00', { dateFormats: ['DD/MM/YYYY HH:mm'] }, '2026-04-03 10:00:00'],
    ['2026-04-03 10:00:00', { zoneMinutes: 0 }, '2026-04-03 18:00:00'],
    ['2026-04-03 10:00', { zoneMinutes: 540 }, '2026-04-03 09:00:00'],
    ['2026-04-03T10:00:00Z', { zoneMinutes: 540 }, '2026-04-03 18:00:00'],
    ['2026-04-03', { zoneMinutes: 0 }, '2026-04-03 00:00:00'],
    ['20260403100000', { zoneMinutes: 0 }, '2026-04-03 18:00:00'],
    [1775181600, { zoneMinutes: 0 }, '2026-04-03 10:00:00'],
    ['03/04/2026 22:30', { dateFormats: ['DD/MM/YYYY HH:mm'], zoneMinutes: 0 }, '2026-04-04 06:30:00'],
    ['2026-07-03 10:00:00', { zone: 'America/New_York' }, '2026-07-03 22:00:00'],
    ['2026-01-03 10:00:00', { zone: 'America/New_York' }, '2026-01-03 23:00:00'],
    ['03/01/2026 10:00', { dateFormats: ['DD/MM/YYYY HH:mm'], zone: 'Europe/London' }, '2026-01-03 18:00:00'],
    ['2026-04-03 10:00:00', { zone: 'Asia/Shanghai' }, '2026-04-03 10:00:00'],
    ['2026-04-03 10:00:00', { zone: 'Asia/Tokyo', zoneMinutes: 0 }, '2026-04-03 09:00:00'],
    ['2026-07-03T10:00:00+02:00', { zone: 'America/New_York' }, '2026-07-03 16:00:00'],
    ['2026-07-03', { zone: 'America/New_York' }, '2026-07-03 00:00:00'],
    [1775181600, { zone: 'America/New_York' }, '2026-04-03 10:00:00'],
  ])('%s by %o is %s', (text, decided, time) => {
    expect(created(text, decided)).toBe(time)
  })

  it.each(['HH:mm', 'YYYY-MM', 'YYYY-MM-DD hh:mm', 'YYYY-MM-DD HH:mm A hh', 'DD/MM/YYYY DD', ''])(
    '%s is no format',
    (format) => {
      expect(faultOf(rules({ dateFormats: ['YYYY-MM-DD', format] }))).toEqual({
        at: 'dateFormats.1',
        problem: 'dateFormat',
      })
    },
  )
})

it('no zone is none that the engine does not know', () => {
  expect(faultOf(rules({ zone: 'Mars/Olympus' }))).toEqual({ at: 'zone', problem: 'zone' })
  expect(faultOf(rules({ zone: 'Asia/Shanghai' }))).toBeNull()
})

describe('any rules', () => {
  const path = fc.constantFrom('order_sn', 'mobile', 'status', 'id_name', 'create_time', 'none', 'a.b', '__proto__')
  const anyRules: fc.Arbitrary<MappingRules> = fc.record({
    listPath: fc.constantFrom(null, '', 'data', 'data.list', 'data.*', '*.*', '__proto__'),
    fields: fc.dictionary(fc.constantFrom(...mappedColumns), fc.uniqueArray(path, { maxLength: 5 })) as fc.Arbitrary<
      MappingRules['fields']
    >,
    profile: fc.constantFrom(null, 'ganTanHao', 'haoYi', 'unknown'),
    words: fc.array(
      fc.constantFrom(...axes).map((axis) => ({ axis, word: '已发货', means: axisMeanings[axis][0] })),
      { maxLength: 3 },
    ),
    codes: fc.array(
      fc.constantFrom(...axes).map((axis) => ({ axis, code: '550', means: axisMeanings[axis][1] })),
      { maxLength: 3 },
    ),
    dateFormats: fc.array(fc.constantFrom('DD/MM/YYYY', 'YYYY.M.D H:m', 'nonsense (['), { maxLength: 3 }),
    zoneMinutes: fc.option(fc.integer({ min: -720, max: 840 })),
    zone: fc.constantFrom(null, 'America/New_York', 'Europe/London', 'nowhere'),
  })

  it('lose no element: each becomes an order, is unreadable, or is the same as one that did', () => {
    fc.assert(
      fc.property(anyRules, fc.integer({ min: 1, max: 8 }), (decided, count) => {
        const data = samples(count)
        const mapped = mapReply({ code: 200, data: data as Json }, undefined, readingOf(decided))
        const kept = new Set([...mapped.orders, ...mapped.unreadable].map(({ original }) => original))
        const whole = mapped.listPath === '' || mapped.listPath === '*.*' || mapped.listPath === 'data.*'
        if (!whole) for (const element of data) expect(kept).toContain(JSON.stringify(element))
      }),
    )
  })

  it('change nothing of a column they do not speak of, but for paths they take', () => {
    fc.assert(
      fc.property(fc.constantFrom(...orderFields), path, (column, from) => {
        const data = samples(5)
        const plain = map(data)
        const ruled = map(data, { fields: { [column]: [from] } })
        for (const { column: other, path: source } of plain.fields) {
          if (other === column || source === from || other === 'orderNo') continue
          expect(ruled.fields).toContainEqual(expect.objectContaining({ column: other, path: source }))
        }
      }),
    )
  })
})

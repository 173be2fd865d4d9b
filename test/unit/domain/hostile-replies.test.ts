import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyAxes, mergeOrder, type StoredOrder } from '#domain/merge-order.ts'
import { readReply, surveyReply, type ReadReply } from '#domain/reply.ts'
import { axes, stages } from '#domain/vocabulary.ts'
import { chinese, ganTanHao, guangMengYun, jiTuan, many } from './samples.ts'

const facts = { httpStatus: 200, knownCodes: new Set<string>() }
/** What no reading may take longer than, however busy the machine: a second, and one more for every megabyte. */
const longestMs = (text: string): number => 1_000 + text.length / 1_000

/** Reads a reply that comes in pieces, as the database does. */
function readInPieces(text: string, pieceLength: number): ReadReply {
  const feed = (sink: { feed(piece: string): void }): void => {
    for (let at = 0; at < text.length; at += pieceLength) sink.feed(text.slice(at, at + pieceLength))
  }
  const passes = surveyReply(facts)
  let step = passes.next()
  for (; step.done !== true; step = passes.next()) feed(step.value)
  const { list, ...read } = step.value
  const mapped = { ...list.head, orders: [], unreadable: [], conflicts: 0 } as {
    -readonly [K in keyof ReadReply['mapped']]: ReadReply['mapped'][K]
  }
  const [orders, unreadable]: [ReadReply['mapped']['orders'][number][], ReadReply['mapped']['unreadable'][number][]] = [
    [],
    [],
  ]
  const mapper = list.mapper?.({ order: (order) => orders.push(order), unreadable: (item) => unreadable.push(item) })
  if (mapper !== undefined) feed(mapper)
  return { ...read, mapped: { ...mapped, orders, unreadable, conflicts: mapper?.counts.conflicts ?? 0 } }
}

function readInTime(text: string): ReadReply {
  const startedAt = performance.now()
  const read = readReply(text, facts)
  expect(performance.now() - startedAt, 'a hang').toBeLessThan(longestMs(text))
  return read
}

const hostile = fc.constantFrom(
  'NaN',
  '-Infinity',
  'undefined',
  '\u0000',
  '\uFEFF',
  '\uD800',
  '\uFFFD',
  '\\u00',
  '\\',
  '"',
  '""',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  ',,',
  '[[[[[[[[',
  ']]]]]]]]',
  '{"a":{"a":{"a":',
  '"__proto__":{"x":1},',
  '"constructor":null,',
  '"data":[],',
  '"data":null,',
  '"order_sn":"1","order_sn":"2",',
  '12345678901234567890123',
  '1e999',
  '-0',
  '0001',
  '<html><title>登录</title>',
  '<br />\n<b>Warning</b>',
  '失败',
  '😀',
)
const shapes = [ganTanHao, jiTuan, guangMengYun, chinese]
const orders = fc
  .tuple(fc.constantFrom(...shapes), fc.integer({ min: 0, max: 6 }))
  .map(([shape, count]) => many(shape, count))
const envelope = orders.chain((list) =>
  fc.constantFrom<unknown>(
    { code: 200, msg: 'ok', data: list },
    { code: 200, data: JSON.stringify(list) },
    { code: 1, data: { list, total: list.length } },
    { code: 0, data: JSON.stringify({ msg: { code: 0, info: '' }, data: list }) },
    { code: 200, data: { own: { list }, distributor: { list } } },
    { code: 200, data: list.map((order) => JSON.stringify(order)) },
    { code: 200, data: Object.fromEntries(list.map((order, index) => [`20240901000${index}`, order])) },
    list,
    list[0] ?? null,
  ),
)
interface Damage {
  at: number
  cut: number
  put: string
}
const damage: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 1, arbitrary: fc.nat(400) }),
  put: fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 6 })),
})
const damaged = fc.tuple(envelope, fc.array(damage, { maxLength: 4 })).map(([value, damages]) =>
  damages.reduce((text, { at, cut, put }) => {
    const place = Math.floor(at * text.length)
    return text.slice(0, place) + put + text.slice(place + cut)
  }, JSON.stringify(value)),
)
const anything = fc.oneof(
  { weight: 6, arbitrary: damaged },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: fc.array(hostile, { maxLength: 30 }).map((parts) => parts.join('')) },
)

describe('whatever comes instead of a reply', () => {
  it('is read without a crash or a hang, and what it says fits together', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { outcome, error, didNothing, mapped } = readInTime(text)
        expect(outcome === 'refused').toBe(error !== null)
        if (mapped.orders.length + mapped.unreadable.length > 0) expect(didNothing).toBe(false)
        const numbers = mapped.orders.map(({ orderNo }) => orderNo)
        expect(new Set(numbers).size).toBe(numbers.length)
        for (const { orderNo, fields, stage } of mapped.orders) {
          expect(fields.orderNo).toBe(orderNo)
          expect(stages).toContain(stage)
        }
      }),
      { numRuns: 5_000 },
    )
  }, 120_000)

  it('is read the same, into whatever pieces it was cut', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 300 }), (text, pieceLength) => {
        expect(readInPieces(text, pieceLength)).toEqual(readInTime(text))
      }),
      { numRuns: 3_000 },
    )
  }, 120_000)

  it('loses no order that stands whole beside a damaged one', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...shapes),
        fc.integer({ min: 1, max: 6 }),
        fc.nat(5),
        hostile.filter((put) => !/["[\]{}]/.test(put)),
        (shape, count, place, put) => {
          const list = many(shape, count).map((order) => JSON.stringify(order))
          const broken = `{"note":"x",${put} "y"}`
          list.splice(place % (count + 1), 0, broken)
          const { mapped } = readInTime(`{"code":200,"data":[${list.join(',')}]}`)
          expect(mapped.orders).toHaveLength(count)
          expect(mapped.unreadable.map(({ original }) => original)).toEqual([broken])
        },
      ),
      { numRuns: 500 },
    )
  }, 60_000)

  it('merges into any stored order without a crash, and twice is the same as once', () => {
    const state = fc.option(fc.record({ word: fc.option(fc.string()), code: fc.option(fc.string()) }))
    const stored: fc.Arbitrary<StoredOrder> = fc.record({
      fields: fc.dictionary(fc.constantFrom('orderNo', 'phone', 'customerName', 'remark', 'createdAt'), fc.string()),
      axes: fc.tuple(state, state, state, state, state).map((values) => {
        const all = emptyAxes()
        for (const [index, axis] of axes.entries()) all[axis] = values[index] ?? null
        return all
      }),
      stage: fc.constantFrom(...stages),
    })
    fc.assert(
      fc.property(anything, fc.option(stored), (text, before) => {
        for (const order of readInTime(text).mapped.orders) {
          const once = mergeOrder(before, order)
          const twice = mergeOrder({ fields: once.fields, axes: once.axes, stage: once.stage }, order)
          expect(twice.kind).toBe('unchanged')
          expect(twice.changes).toEqual([])
        }
      }),
      { numRuns: 1_500 },
    )
  }, 120_000)
})

describe('a reply made to be hard on its reader', () => {
  const [order] = many(ganTanHao, 1)
  const million = 1_000_000

  it.each<[string, string]>([
    ['a million open brackets', '['.repeat(million)],
    ['brackets that nest a million deep', `${'['.repeat(million)}${']'.repeat(million)}`],
    ['objects that nest deep in data', `{"code":200,"data":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}`],
    [
      'an element that nests deep',
      `{"code":200,"data":[{"order_sn":"1","status":1,"x":${'['.repeat(million)}${']'.repeat(million)}}]}`,
    ],
    ['a million numbers', `[${'1,'.repeat(million)}1]`],
    ['a hundred thousand empty objects', `{"code":200,"data":[${'{},'.repeat(100_000)}{}]}`],
    [
      'a hundred thousand keys',
      `{"code":200,"data":{${Array.from({ length: 100_000 }, (_, n) => `"k${n}":${n}`).join(',')}}}`,
    ],
    [
      'an element of a hundred thousand keys',
      `{"code":200,"data":[{"order_sn":"1",${Array.from({ length: 100_000 }, (_, n) => `"k${n}":${n}`).join(',')}}]}`,
    ],
    ['a megabyte of quotes', `{"code":200,"data":"${'\\"'.repeat(million)}"}`],
    ['a megabyte of backslashes', `{"code":200,"data":"${'\\\\'.repeat(million)}"}`],
    ['a megabyte of backslashes without an end', `{"code":200,"data":"${'\\\\'.repeat(million)}`],
    ['a megabyte of control characters', `{"code":200,"data":["${'\u0001'.repeat(million)}"]}`],
    ['a megabyte of one markup tag', `<${'a<'.repeat(million)}`],
    ['a megabyte of spaces', ' '.repeat(million)],
    ['a sentence of a megabyte', `{"code":200,"msg":"${'失败0条 '.repeat(200_000)}"}`],
    ['a number of a megabyte', `{"code":200,"data":[{"order_sn":${'9'.repeat(million)}}]}`],
    [
      'thousands of lists',
      `{"code":200,"data":{${Array.from({ length: 20_000 }, (_, n) => `"k${n}":[{"id":${n},"status":1}]`).join(',')}}}`,
    ],
    [
      'the same order a hundred thousand times',
      `[${Array.from({ length: 100_000 }, () => '{"order_no":"1","status":1}').join(',')}]`,
    ],
    [
      'a hundred thousand versions of one order',
      `[${Array.from({ length: 100_000 }, (_, n) => `{"order_no":"1","status":${n}}`).join(',')}]`,
    ],
  ])(
    '%s',
    (_what, text) => {
      expect(() => readInTime(text)).not.toThrow()
    },
    60_000,
  )

  it('keeps an element that is longer than any order as unreadable, and reads the others', () => {
    const long = JSON.stringify({ ...order, photo: 'A'.repeat(5_000_000) })
    const { mapped } = readInTime(`{"code":200,"data":[${long},${JSON.stringify({ ...order, order_sn: '77' })}]}`)
    expect(mapped.orders.map(({ orderNo }) => orderNo)).toEqual(['77'])
    expect(mapped.unreadable).toMatchObject([{ index: 0, reason: 'tooLong' }])
    expect(long.startsWith(mapped.unreadable[0]!.original)).toBe(true)
  })

  it('reads an order with photos of a megabyte in it', () => {
    const { mapped } = readInTime(JSON.stringify({ code: 200, data: [{ ...order, photo: 'A'.repeat(1_500_000) }] }))
    expect(mapped.orders).toHaveLength(1)
  })

  it('refuses more elements than any reply has, as too large', () => {
    const text = `{"code":200,"data":[${'{"id":1},'.repeat(1_000_001)}{"id":2}]}`
    expect(readInTime(text)).toMatchObject({ outcome: 'refused', error: 'tooLarge', didNothing: false })
  }, 60_000)
})

describe('odd, and read all the same', () => {
  const [order] = many(ganTanHao, 1)
  const text = JSON.stringify(order)

  it.each<[string, string]>([
    ['NaN and Infinity', `{"code":200,"data":[${text.replace('{', '{"fee":NaN,"rate":-Infinity,')}]}`],
    ['raw line breaks within strings', `{"code":200,"data":[${text.replace('{', '{"remark":"a\nb",')}]}`],
    ['a comma too many', `{"code":200,"data":[${text},],}`],
    ['keys that stand twice', `{"code":200,"data":[${text.replace('{', '{"order_sn":"","order_sn":"9",')}]}`],
    ['a second data that is empty', `{"code":200,"data":[${text}],"data":[]}`],
    [
      '__proto__ in the envelope and in the order',
      `{"__proto__":{"a":1},"code":200,"data":[${text.replace('{', '{"__proto__":{"order_sn":"8"},')}]}`,
    ],
    ['a mark and white space around it', `\uFEFF \n{"code":200,"data":[${text}]}\r\n `],
  ])('%s', (_what, body) => {
    const { outcome, mapped } = readInTime(body)
    expect(outcome).toBe('understood')
    expect(mapped.orders).toHaveLength(1)
    expect(mapped.unreadable).toEqual([])
    expect(mapped.orders[0]!.orderNo).toBe(order!['order_sn'])
    expect('a' in {}).toBe(false)
  })

  it('64-bit numbers keep every digit, in the order and in its original', () => {
    const { mapped } = readInTime(
      '{"code":200,"data":[{"order_sn":9223372036854775807,"status":550,"mobile":13800138000}]}',
    )
    expect(mapped.orders[0]).toMatchObject({ orderNo: '9223372036854775807' })
    expect(mapped.orders[0]!.original).toContain(':9223372036854775807,')
  })

  it('a login page is no JSON, and its title is what the upstream said', () => {
    const page = `<!DOCTYPE html><html><head><title>后台登录</title></head><body>${'<p>x</p>'.repeat(50_000)}</body></html>`
    expect(readInTime(page)).toMatchObject({
      outcome: 'refused',
      error: 'notJson',
      didNothing: false,
      said: '后台登录',
    })
  })
})

describe('a long reply, whose list is surveyed while its outline is made', () => {
  const line = (n: number): string =>
    JSON.stringify({
      order_no: `N${n}`,
      status: 550,
      mobile: `138${String(n).padStart(8, '0')}`,
      note: 'x'.repeat(100),
    })
  const list = (from: number, to: number): string =>
    Array.from({ length: to - from }, (_, index) => line(from + index)).join(',')

  it.each<[string, string, number]>([
    ['in one list', `{"code":200,"data":[${list(0, 10_000)}]}`, 10_000],
    ['as the whole text', `[${list(0, 10_000)}]`, 10_000],
    ['in a JSON string', JSON.stringify({ code: 200, data: `[${list(0, 10_000)}]` }), 10_000],
    ['under one key twice', `{"code":200,"data":[${list(0, 10_000)}],"data":[${list(9_990, 20_000)}]}`, 20_000],
    [
      'under one key twice, the second short',
      `{"code":200,"data":[${list(0, 10_000)}],"data":[${list(9_999, 10_001)}]}`,
      10_001,
    ],
    [
      'behind a longer list of something else',
      `{"goods":[${'{"title":"abc"},'.repeat(100_000)}{}],"data":[${list(0, 10_000)}]}`,
      10_000,
    ],
    [
      'in two places',
      `{"data":{"own":{"list":[${list(0, 9_000)}]},"distributor":{"list":[${list(8_000, 10_000)}]}}}`,
      10_000,
    ],
    ['twice over', `[${list(0, 10_000)},${list(0, 10_000)}]`, 10_000],
    [
      'keyed by number',
      `{"data":{${Array.from({ length: 10_000 }, (_, n) => `"2024${n + 10_000}":${line(n)}`).join(',')}}}`,
      10_000,
    ],
  ])('%s', (_where, text, orders) => {
    const { outcome, mapped } = readInTime(text)
    expect(outcome).toBe('understood')
    expect(new Set(mapped.orders.map(({ orderNo }) => orderNo)).size).toBe(orders)
    expect(mapped.orders).toHaveLength(orders)
    expect(mapped.unreadable).toEqual([])
  })
})

it('a list so long that only one field is followed on still tells conflicts, duplicates and second names apart', () => {
  const count = 120_000
  const lines = Array.from({ length: count }, (_, n) => `{"order_no":"N${n}","id":${n * 3 + 70_000},"status":1}`)
  lines.push(
    '{"order_no":"N5","id":70015,"status":1}',
    '{"order_no":"N7","id":1,"status":2}',
    '{"order_sn":"S1","status":1}',
  )
  const { mapped } = readInTime(`{"code":200,"data":[${lines.join(',')}]}`)
  expect(mapped.orders).toHaveLength(count + 1)
  expect(mapped.orders.at(-1)!.orderNo).toBe('S1')
  expect(mapped.unreadable).toMatchObject([{ index: 7, reason: 'sameNumber' }])
  expect(mapped.conflicts).toBe(1)
}, 60_000)

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beijingText, parseBeijing } from '#practice/beijing.ts'
import { shapeTextSchema } from '#practice/reply/shape.ts'
import { Faults } from '#practice/server/fault.ts'
import { Limits } from '#practice/server/limits.ts'
import { Marks } from '#practice/server/marks.ts'
import { readOrderQuery, readParameters, spanHours } from '#practice/server/order-query.ts'

describe('Beijing time', () => {
  it('is UTC+8 and reads back what it wrote', () => {
    expect(beijingText(Date.parse('2024-02-28T16:00:00Z'))).toBe('2024-02-29 00:00:00')
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), (second) => {
        expect(parseBeijing(beijingText(second * 1_000))).toBe(second * 1_000)
      }),
    )
  })

  it.each(['', '2024-09-01', '2024-02-30 00:00:00', '2024-13-01 00:00:00', '2024-01-01 24:00:00', '2024-1-1 0:0:0'])(
    'does not take %j',
    (text) => expect(parseBeijing(text)).toBeNull(),
  )
})

describe('marks', () => {
  it('say what they said before they were saved', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.nat(5_000), fc.integer({ min: 1, max: 35 }))),
        (set) => {
          const marks = new Marks()
          const last = new Map<string, number>()
          for (const [scope, index, version] of set) {
            marks.set(scope, index, version)
            last.set(`${scope} ${index}`, version)
          }
          const again = new Marks(marks.save())
          for (const [place, version] of last) {
            const [scope = '', index] = place.split(' ')
            expect(again.get(scope, Number(index))).toBe(version)
          }
          expect(again.get('c', 0)).toBe(0)
        },
      ),
    )
  })
})

describe('limits', () => {
  const rules = { minIntervalMs: 1_000, dailyLimit: 3 }
  const noon = Date.parse('2024-09-01T04:00:00Z')

  it('measure from the last admitted call, so a refused one costs nothing', () => {
    const limits = new Limits()
    const admit = (ms: number): string => limits.admit('k', ms, noon, rules)
    expect([admit(0), admit(999), admit(1_000), admit(1_999.9), admit(2_000)]).toEqual([
      'admitted',
      'tooFast',
      'admitted',
      'tooFast',
      'admitted',
    ])
    expect(admit(5_000)).toBe('quotaUsed')
    expect(limits.save()).toEqual({ day: '2024-09-01', calls: { k: 3 } })
  })

  it('count the day in Beijing and each key for itself', () => {
    const limits = new Limits({ day: '2024-09-01', calls: { k: 3 } })
    expect(limits.admit('other', 0, noon, rules)).toBe('admitted')
    expect(limits.admit('k', 0, Date.parse('2024-09-01T15:59:59Z'), rules)).toBe('quotaUsed')
    expect(limits.admit('k', 0, Date.parse('2024-09-01T16:00:00Z'), rules)).toBe('admitted')
  })
})

describe('faults', () => {
  const incremental = { ranged: false, type: 'own', spanHours: 0 } as const
  const month = { ranged: true, type: 'distributor', spanHours: 744 } as const

  it('meet so many calls and are used up', () => {
    const faults = new Faults()
    faults.add({ kind: 'cut', times: 2 })
    faults.add({ kind: 'html' })
    expect([1, 2, 3, 4].map(() => faults.take(incremental)?.kind)).toEqual(['cut', 'cut', 'html', undefined])
  })

  it('stay when they are for always, until cleared', () => {
    const faults = new Faults()
    faults.add({ kind: 'hang', times: 'always' })
    for (let call = 0; call < 5; call++) expect(faults.take(month)?.kind).toBe('hang')
    faults.clear()
    expect(faults.take(month)).toBeNull()
  })

  it.each([
    ['incremental calls only', { only: 'incremental' }, incremental, month],
    ['ranged calls only', { only: 'ranged' }, month, incremental],
    ['one type only', { type: 'own' }, incremental, month],
    ['long ranges only', { overHours: 700 }, month, { ...month, spanHours: 372 }],
    ['long ranges, never a call without one', { overHours: 0 }, month, incremental],
  ] as const)('can be for %s', (_what, change, hit, missed) => {
    const faults = new Faults()
    faults.add({ kind: 'cut', ...change })
    expect(faults.take(missed)).toBeNull()
    expect(faults.take(hit)?.kind).toBe('cut')
  })
})

describe('a query', () => {
  const read = (text: string): ReturnType<typeof readOrderQuery> => readOrderQuery(readParameters(Buffer.from(text)))

  it('is read as PHP reads forms: + is a space, the last of equal names counts', () => {
    expect(read('type=2&channels=1&start=2024-09-01+00%3A00%3A00&type=1')).toEqual({
      type: 'own',
      channel: 'sync',
      startMs: Date.parse('2024-08-31T16:00:00Z'),
      endMs: null,
    })
  })

  it.each([
    ['type=1&channels=2', 0],
    ['type=1&channels=1&start=2024-09-01 00:00:00&end=2024-09-01 06:00:00', 6],
    ['type=1&channels=1&end=2024-09-01 06:00:00', Infinity],
  ])('%s spans %d hours', (text, hours) => {
    const query = read(text)
    expect('code' in query ? null : spanHours(query)).toBe(hours)
  })
})

describe('shapes in words', () => {
  it('are put together with +', () => {
    expect(shapeTextSchema.parse('jiTuan+jsonString+emptyString')).toEqual({
      names: 'jiTuan',
      wrapping: 'jsonString',
      whenEmpty: 'emptyString',
      empty: false,
    })
    expect(shapeTextSchema.parse('empty')).toMatchObject({ names: 'ganTanHao', wrapping: 'list', empty: true })
    expect(() => shapeTextSchema.parse('jiTuan+square')).toThrow('square')
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  cutInto,
  dayCount,
  mostBuckets,
  rangeBefore,
  unitOf,
  wholeMonths,
  type Days,
} from '#domain/day-ranges.ts'

const range = fc
  .tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 3_000 }))
  .map(([start, length]): Days => ({ from: addDays('1990-01-01', start), to: addDays('1990-01-01', start + length) }))

describe('a range of days', () => {
  it.each([
    ['2026-11-01', '2026-11-01', 'day'],
    ['2026-10-01', '2026-12-01', 'day'],
    ['2026-10-01', '2026-12-02', 'week'],
    ['2025-11-25', '2026-11-24', 'week'],
    ['2025-01-01', '2026-11-24', 'month'],
  ])('from %s to %s is shown by %s', (from, to, unit) => {
    expect(unitOf({ from, to })).toBe(unit)
  })

  it('begins its weeks on Monday and its months on the first', () => {
    expect(cutInto('week', { from: '2026-11-18', to: '2026-11-24' })).toEqual([
      { from: '2026-11-18', to: '2026-11-22' },
      { from: '2026-11-23', to: '2026-11-24' },
    ])
    expect(cutInto('month', { from: '2026-01-31', to: '2026-03-01' })).toEqual([
      { from: '2026-01-31', to: '2026-01-31' },
      { from: '2026-02-01', to: '2026-02-28' },
      { from: '2026-03-01', to: '2026-03-01' },
    ])
  })

  it('is cut without a gap, an overlap or an end beyond its own', () => {
    fc.assert(
      fc.property(range, fc.constantFrom('day' as const, 'week' as const, 'month' as const), (days, unit) => {
        const parts = cutInto(unit, days)
        expect([parts[0]?.from, parts.at(-1)?.to]).toEqual([days.from, days.to])
        for (const [index, part] of parts.entries())
          if (index > 0) expect(part.from).toBe(addDays(parts[index - 1]?.to ?? '', 1))
        expect(parts.reduce((sum, part) => sum + dayCount(part), 0)).toBe(dayCount(days))
        expect(parts.length).toBeLessThanOrEqual(mostBuckets)
      }),
    )
  })

  it('is whole months and the days around them', () => {
    fc.assert(
      fc.property(range, (days) => {
        const { months, days: around } = wholeMonths(days)
        const ofMonths = months.map((month) => ({
          from: `${month}-01`,
          to: addDays(addDays(`${month}-01`, 32).slice(0, 8) + '01', -1),
        }))
        const all = [...ofMonths, ...around]
        if (cutInto('month', days).length < mostBuckets)
          expect(all.reduce((sum, part) => sum + dayCount(part), 0)).toBe(dayCount(days))
        for (const part of all) expect(part.from >= days.from && part.to <= days.to).toBe(true)
      }),
    )
  })

  it('has as many days before it, directly before', () => {
    fc.assert(
      fc.property(range, (days) => {
        const before = rangeBefore(days)
        expect(dayCount(before)).toBe(dayCount(days))
        expect(addDays(before.to, 1)).toBe(days.from)
      }),
    )
  })

  it('holds nothing where it ends before it begins', () => {
    expect([
      dayCount({ from: '2026-11-02', to: '2026-11-01' }),
      cutInto('day', { from: '2026-11-02', to: '2026-11-01' }),
    ]).toEqual([0, []])
  })
})

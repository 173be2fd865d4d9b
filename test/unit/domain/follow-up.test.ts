import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { beijingDay, dayMs, fromBeijing, hourMs, toBeijing } from '#domain/beijing-time.ts'
import {
  callsOf,
  followUpBudget,
  planFollowUp,
  withinBudget,
  type FollowedDay,
  type FollowUpFacts,
  type ReadWindow,
} from '#domain/follow-up.ts'

const now = fromBeijing('2026-11-24 12:00:00')
const daysAgo = (days: number): string => beijingDay(now - days * dayMs)
const day = (age: number, orders = 1, firstSeen = false): FollowedDay => ({ day: daysAgo(age), firstSeen, orders })
const read = (fromAge: number, toAge: number, hoursAgo: number): ReadWindow => ({
  from: toBeijing(now - fromAge * dayMs),
  to: toBeijing(now - toAge * dayMs),
  at: now - hoursAgo * hourMs,
})
const plan = (facts: Partial<FollowUpFacts>) => planFollowUp({ days: [], reads: [], meaning: 'created', now, ...facts })
const text = ({ from, to }: { from: string; to: string }): string => `${from.slice(0, 10)} ${to.slice(0, 10)}`

describe('which orders are followed', () => {
  it('those up to 30 days old daily, then weekly up to 120 days, older ones no more', () => {
    const { daily, weekly } = plan({ days: [day(0, 1), day(29, 2), day(31, 4), day(119, 8), day(122, 16)] })
    expect({ daily, weekly }).toEqual({ daily: 3, weekly: 12 })
  })

  it('none where there are none', () => {
    expect(plan({})).toMatchObject({ daily: 0, weekly: 0, nextAt: null, next: { windows: [], calls: 0 } })
  })

  it('from 7 days before they were first seen where the upstream gives no creation time', () => {
    const { next } = plan({ days: [day(10, 1, true)] })
    expect(next.windows.map(text)).toEqual([`${daysAgo(17)} ${daysAgo(10)}`])
  })
})

describe('when a day is due', () => {
  it.each<[string, number, number, boolean]>([
    ['young, read yesterday', 5, 23, true],
    ['young, read this morning', 5, 4, false],
    ['old, read yesterday', 60, 23, false],
    ['old, read 6 days ago', 60, 6 * 24, false],
    ['old, read a week ago', 60, 7 * 24, true],
  ])('%s', (_what, age, hoursAgo, due) => {
    const { nextAt } = plan({ days: [day(age)], reads: [read(age + 2, age - 2, hoursAgo)] })
    expect(nextAt === now).toBe(due)
  })

  it('at once where it was never read, or only in part', () => {
    expect(plan({ days: [day(5)] }).nextAt).toBe(now)
    expect(plan({ days: [day(5)], reads: [read(5, 0, 1)] }).nextAt, 'its morning was not read').toBe(now)
  })

  it('after the oldest of the reads that cover it together', () => {
    const reads = [read(5, 0, 1), read(6, 5, 20)]
    expect(plan({ days: [day(5)], reads }).nextAt).toBe(now + 2 * hourMs)
  })

  it('only tomorrow where today was read up to its own present', () => {
    const { nextAt } = plan({ days: [day(0)], reads: [{ ...read(3, 0, 2), to: toBeijing(now - 2 * hourMs) }] })
    expect(nextAt).toBe(now + 20 * hourMs)
  })

  it('at once where the only read was dated by a clock that ran ahead', () => {
    expect(plan({ days: [day(5)], reads: [read(9, 0, -48)] }).nextAt).toBe(now)
  })
})

describe('what a round asks', () => {
  it('neighbouring days as one window, youngest first', () => {
    const { next } = plan({ days: [day(3), day(2), day(4), day(40)] })
    expect(next.windows.map(text)).toEqual([`${daysAgo(4)} ${daysAgo(2)}`, `${daysAgo(40)} ${daysAgo(40)}`])
    expect(next.calls).toBe(2)
  })

  it('days with a gap between as one window where that saves a call', () => {
    expect(plan({ days: [day(3), day(20)] }).next.windows.map(text)).toEqual([`${daysAgo(20)} ${daysAgo(3)}`])
  })

  it('nothing ahead of now', () => {
    expect(plan({ days: [day(0)] }).next.windows).toEqual([{ from: `${daysAgo(0)} 00:00:00`, to: toBeijing(now) }])
  })

  it('all of 120 days in three calls', () => {
    const days = Array.from({ length: 120 }, (_, age) => day(age))
    expect(plan({ days }).next).toMatchObject({ calls: 3 })
  })

  it('no more calls than any other way of grouping, and every due day', () => {
    const ages = fc.uniqueArray(fc.integer({ min: 0, max: 119 }), { maxLength: 9 })
    fc.assert(
      fc.property(ages, (list) => {
        const days = list.map((age) => day(age))
        const { windows, calls } = plan({ days }).next
        const sorted = list.toSorted((a, b) => b - a)
        for (const age of list) {
          const noon = `${daysAgo(age)} 06:00:00`
          expect(windows.some(({ from, to }) => from <= noon && noon <= to)).toBe(true)
        }
        expect(calls).toBe(fewest(sorted))
      }),
    )
  })

  it('where start and end mean update: everything updated since it was read last, whatever its age', () => {
    const facts = { days: [day(100), day(3)], meaning: 'updated' } as const
    const { next, nextAt } = plan({ ...facts, reads: [read(120, 2, 48)] })
    expect(nextAt).toBe(now)
    expect(next).toMatchObject({
      windows: [{ from: toBeijing(now - 3 * dayMs + 1_000), to: toBeijing(now) }],
      calls: 1,
    })
    expect(plan({ ...facts, reads: [read(120, 0, 1)] }).nextAt).toBeGreaterThan(now)
  })

  it('where start and end mean update: from the first gap in what was read', () => {
    const reads = [read(1, 0, 0), read(120, 20, 20 * 24)]
    const { next } = plan({ days: [day(100)], meaning: 'updated', reads })
    expect(next.windows[0]?.from.slice(0, 10)).toBe(daysAgo(21))
  })
})

/** By trying every way of cutting the sorted ages into groups. */
function fewest(ages: readonly number[]): number {
  if (ages.length === 0) return 0
  const [oldest = 0] = ages
  return Math.min(
    ...ages.map((youngest, index) => {
      const spanMs = youngest === 0 ? (oldest + 0.5) * dayMs : (oldest - youngest + 1) * dayMs - 1_000
      return callsOf(spanMs) + fewest(ages.slice(index + 1))
    }),
  )
}

describe('the share of the quota', () => {
  it.each([
    [{ limit: 10_000, used: 0, usedByFollowUp: 0 }, 1_000],
    [{ limit: 10_000, used: 500, usedByFollowUp: 400 }, 600],
    [{ limit: 10_000, used: 9_900, usedByFollowUp: 0 }, 50],
    [{ limit: 10_000, used: 10_000, usedByFollowUp: 0 }, 0],
    [{ limit: 10_000, used: 2_000, usedByFollowUp: 1_500 }, 0],
  ])('%j allows %i calls', (quota, calls) => {
    expect(followUpBudget(quota)).toBe(calls)
  })

  it('takes the youngest windows first and leaves the rest to the next round', () => {
    const { next } = plan({ days: [day(2), day(50), day(110)] })
    expect(next.calls).toBe(3)
    expect(withinBudget(next, 2).windows).toEqual(next.windows.slice(0, 2))
    expect(withinBudget(next, 0)).toEqual({ windows: [], calls: 0 })
  })

  it.each([
    [1, 1],
    [31, 1],
    [32, 2],
    [93, 2],
    [94, 3],
    [217, 3],
  ])('reading %i days costs %i calls', (days, calls) => {
    expect(callsOf(days * dayMs)).toBe(calls)
  })
})

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayMs, fromBeijing, hourMs, toBeijing } from '#domain/beijing-time.ts'
import {
  areApart,
  cutRange,
  firstWindowMs,
  grownWindowMs,
  halve,
  lastDays,
  nextWindow,
  rangeOf,
  rangeSpanMs,
  splitRange,
  withoutRange,
  type Range,
} from '#domain/ranges.ts'

const range = (from: string, to: string): Range => ({ from, to })
const now = fromBeijing('2024-09-10 12:00:00')
const anyRange = fc
  .tuple(fc.integer({ min: 946_684_800, max: 1_900_000_000 }), fc.integer({ min: 0, max: 315_360_000 }))
  .map(([fromS, spanS]) => rangeOf(fromS * 1000, (fromS + spanS) * 1000))

describe('cutRange', () => {
  it('cuts what lies more than a day ahead', () => {
    expect(cutRange(range('2024-09-01 00:00:00', '2024-12-31 23:59:00'), now)).toEqual(
      range('2024-09-01 00:00:00', '2024-09-11 12:00:00'),
    )
  })
  it('leaves a range of the past as it is', () => {
    const past = range('2020-01-01 00:00:00', '2020-01-02 00:00:00')
    expect(cutRange(past, now)).toEqual(past)
  })
  it('leaves nothing of a range that lies ahead or runs backward', () => {
    expect(cutRange(range('2024-09-12 00:00:00', '2024-09-13 00:00:00'), now)).toBeNull()
    expect(cutRange(range('2024-09-02 00:00:00', '2024-09-01 00:00:00'), now)).toBeNull()
  })
  it('throws for a range that is no Beijing time', () => {
    expect(() => cutRange(range('2024-09-01', '2024-09-02'), now)).toThrow(RangeError)
  })
})

describe('windows', () => {
  it('cuts 31 days off and shares the second between neighbours', () => {
    expect(nextWindow(range('2024-01-01 00:00:00', '2024-03-01 00:00:00'), firstWindowMs)).toEqual({
      window: range('2024-01-01 00:00:00', '2024-02-01 00:00:00'),
      rest: range('2024-02-01 00:00:00', '2024-03-01 00:00:00'),
    })
  })
  it('covers every second, in order, each window no longer than asked', () => {
    fc.assert(
      fc.property(anyRange, fc.integer({ min: 1, max: 60 }), (whole, parts) => {
        const windowMs = Math.max(rangeSpanMs(whole) / parts, 1_000)
        const windows = splitRange(whole, windowMs)
        expect(windows[0]!.from).toBe(whole.from)
        expect(windows.at(-1)!.to).toBe(whole.to)
        windows.slice(1).forEach((window, index) => expect(window.from).toBe(windows[index]!.to))
        windows.forEach((window) => expect(rangeSpanMs(window)).toBeLessThanOrEqual(windowMs + 999))
      }),
      { numRuns: 60 },
    )
  })
  it('reads ten years in a few calls while windows double', () => {
    let rest: Range | null = lastDays(3_653, now)
    let windowMs = firstWindowMs
    let calls = 0
    while (rest !== null) {
      rest = nextWindow(rest, windowMs).rest
      windowMs = grownWindowMs(windowMs, { tookMs: 800, bytes: 1_000 })
      calls += 1
    }
    expect(calls).toBe(7)
  })
  it.each([
    [9_999, 1, 2],
    [10_000, 1, 1],
    [1, 20 * 1_048_576, 1],
    [1, 20 * 1_048_576 - 1, 2],
  ])('after %i ms and %i bytes the next window is %i times as long', (tookMs, bytes, factor) => {
    expect(grownWindowMs(firstWindowMs, { tookMs, bytes })).toBe(firstWindowMs * factor)
  })
})

describe('halve', () => {
  it('gives two halves that share one second', () => {
    expect(halve(range('2024-01-01 00:00:00', '2024-01-03 00:00:00'))).toEqual([
      range('2024-01-01 00:00:00', '2024-01-02 00:00:00'),
      range('2024-01-02 00:00:00', '2024-01-03 00:00:00'),
    ])
  })
  it('stops at one hour', () => {
    expect(halve(range('2024-01-01 00:00:00', '2024-01-01 01:00:00'))).toBeNull()
    expect(halve(range('2024-01-01 00:00:00', '2024-01-01 01:00:01'))).toEqual([
      range('2024-01-01 00:00:00', '2024-01-01 01:00:00'),
      range('2024-01-01 01:00:00', '2024-01-01 01:00:01'),
    ])
  })
  it('always ends, and the parts cover the whole', () => {
    fc.assert(
      fc.property(anyRange, (whole) => {
        const open = [whole]
        const small: Range[] = []
        while (open.length > 0) {
          const parts = halve(open[0]!)
          if (parts === null) small.push(open.shift()!)
          else {
            const halved = open.shift()!
            expect([parts[0].from, parts[0].to, parts[1].to]).toEqual([halved.from, parts[1].from, halved.to])
            open.push(parts[0])
          }
        }
        expect(small).toHaveLength(1)
        expect(rangeSpanMs(small[0]!)).toBeLessThanOrEqual(hourMs)
      }),
    )
  })
})

describe('rangeOf and lastDays', () => {
  it('counts back from now', () => {
    expect(lastDays(7, now)).toEqual(range('2024-09-03 12:00:00', '2024-09-10 12:00:00'))
    expect(rangeSpanMs(lastDays(7, now))).toBe(7 * dayMs)
  })
  it('makes no range that runs backward', () => {
    expect(() => rangeOf(now, now - 1)).toThrow(RangeError)
    expect(rangeOf(now, now)).toEqual(range(toBeijing(now), toBeijing(now)))
  })
})

describe('what is left of a range', () => {
  const whole = range('2024-09-01 00:00:00', '2024-09-30 23:59:59')
  it.each<[string, Range, Range[]]>([
    ['nothing, when all of it was read', range('2024-08-01 00:00:00', '2024-10-01 00:00:00'), []],
    ['all, when something else was read', range('2024-08-01 00:00:00', '2024-08-02 00:00:00'), [whole]],
    ['all, when only its first second was read', range('2024-08-01 00:00:00', '2024-09-01 00:00:00'), [whole]],
    [
      'the rest, from the second in which the read window ends',
      range('2024-09-01 00:00:00', '2024-09-10 00:00:00'),
      [range('2024-09-10 00:00:00', '2024-09-30 23:59:59')],
    ],
    [
      'both sides of a window in the middle',
      range('2024-09-10 00:00:00', '2024-09-11 00:00:00'),
      [range('2024-09-01 00:00:00', '2024-09-10 00:00:00'), range('2024-09-11 00:00:00', '2024-09-30 23:59:59')],
    ],
  ])('%s', (_what, read, left) => {
    expect(withoutRange(whole, read)).toEqual(left)
  })

  it('is nothing once every window of it was read, in whatever order and size', () => {
    fc.assert(
      fc.property(
        anyRange,
        fc.integer({ min: 2_000_000, max: 40_000_000 }),
        fc.boolean(),
        (all, windowS, backwards) => {
          const windows = splitRange(all, windowS * 1_000).slice(0, 200)
          const covered = { from: all.from, to: windows.at(-1)!.to }
          const inOrder = backwards ? windows.toReversed() : windows
          const left = inOrder.reduce<Range[]>(
            (parts, read) => parts.flatMap((part) => withoutRange(part, read)),
            [covered],
          )
          expect(left).toEqual([])
        },
      ),
      { numRuns: 50 },
    )
  })

  it('lies apart from a neighbour that shares one second', () => {
    expect(areApart(whole, range(whole.to, '2024-10-05 00:00:00'))).toBe(true)
    expect(areApart(whole, range('2024-09-30 00:00:00', '2024-10-05 00:00:00'))).toBe(false)
  })
})

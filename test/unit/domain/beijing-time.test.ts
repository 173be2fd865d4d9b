import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { beijingDay, fromBeijing, isBeijing, nextBeijingMidnight, toBeijing } from '#domain/beijing-time.ts'

const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Europe/London']
const ownZone = process.env.TZ

afterEach(() => {
  if (ownZone === undefined) delete process.env.TZ
  else process.env.TZ = ownZone
})

describe('Beijing time', () => {
  it.each(zones)('is the same on a PC in %s, on days of clock change too', (zone) => {
    process.env.TZ = zone
    expect(toBeijing(Date.UTC(2024, 8, 1, 0, 0, 0))).toBe('2024-09-01 08:00:00')
    expect(toBeijing(Date.UTC(2024, 2, 10, 7, 30, 0))).toBe('2024-03-10 15:30:00')
    expect(fromBeijing('2024-03-31 09:30:00')).toBe(Date.UTC(2024, 2, 31, 1, 30, 0))
    expect(fromBeijing('2024-11-03 14:00:00')).toBe(Date.UTC(2024, 10, 3, 6, 0, 0))
    expect(nextBeijingMidnight(Date.UTC(2024, 10, 3, 6, 0, 0))).toBe(Date.UTC(2024, 10, 3, 16, 0, 0))
  })

  it('turns the day at 16:00 UTC', () => {
    expect(beijingDay(Date.UTC(2024, 11, 31, 15, 59, 59))).toBe('2024-12-31')
    expect(beijingDay(Date.UTC(2024, 11, 31, 16, 0, 0))).toBe('2025-01-01')
    expect(nextBeijingMidnight(Date.UTC(2024, 11, 31, 16, 0, 0))).toBe(Date.UTC(2025, 0, 1, 16, 0, 0))
  })

  it('cuts to the second, before 1970 too', () => {
    expect(toBeijing(999)).toBe('1970-01-01 08:00:00')
    expect(toBeijing(-1)).toBe('1970-01-01 07:59:59')
  })

  it.each([
    '',
    '2024-09-01',
    '2024-9-1 00:00:00',
    '2024-09-01T00:00:00',
    '2024-09-01 00:00:00 ',
    '2024-02-30 00:00:00',
    '2023-02-29 00:00:00',
    '2024-13-01 00:00:00',
    '2024-00-10 00:00:00',
    '2024-01-00 00:00:00',
    '2024-01-32 00:00:00',
    '2024-01-01 24:00:00',
    '2024-01-01 00:60:00',
    '2024-01-01 00:00:60',
    '２０24-01-01 00:00:00',
  ])('takes no "%s"', (text) => {
    expect(isBeijing(text)).toBe(false)
    expect(() => fromBeijing(text)).toThrow(RangeError)
  })

  it('takes the leap day and the years below 100', () => {
    expect(toBeijing(fromBeijing('2024-02-29 23:59:59'))).toBe('2024-02-29 23:59:59')
    expect(toBeijing(fromBeijing('0099-02-28 12:00:00'))).toBe('0099-02-28 12:00:00')
  })

  it('has no text for a time beyond the year 9999', () => {
    expect(() => toBeijing(Date.UTC(10_000, 0, 1))).toThrow(RangeError)
  })

  const seconds = fc.integer({ min: -2_000_000_000, max: 4_000_000_000 })

  it('reads back every second', () => {
    fc.assert(
      fc.property(seconds, (second) => {
        expect(fromBeijing(toBeijing(second * 1000))).toBe(second * 1000)
      }),
    )
  })

  it('sorts as text as it does in time, and midnight is after now by at most a day', () => {
    fc.assert(
      fc.property(seconds, seconds, (one, other) => {
        const [earlier, later] = one < other ? [one, other] : [other, one]
        expect(toBeijing(earlier * 1000) <= toBeijing(later * 1000)).toBe(true)
        const waitMs = nextBeijingMidnight(one * 1000) - one * 1000
        expect(waitMs > 0 && waitMs <= 86_400_000).toBe(true)
        expect(toBeijing(one * 1000 + waitMs).slice(11)).toBe('00:00:00')
      }),
    )
  })
})

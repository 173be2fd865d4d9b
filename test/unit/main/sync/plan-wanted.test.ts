import { describe, expect, it } from 'vitest'
import { wantedRange, type Wanted } from '#main/sync/wanted/plan-wanted.ts'

const now = Date.UTC(2026, 10, 24, 4)
const wanted = (overrides: Partial<Wanted> = {}): Wanted => ({
  type: 'own',
  reads: 0,
  from: '2026-11-24 10:00:00',
  created: false,
  count: 1,
  ...overrides,
})

describe('the range that brings what is wanted', () => {
  it.each([
    [0, '2026-11-17 10:00:00'],
    [1, '2026-10-24 10:00:00'],
    [2, '2026-07-27 10:00:00'],
  ])('reaches further back after %i reads', (reads, from) => {
    expect(wantedRange([wanted({ reads })], now)).toEqual({ from, to: '2026-11-25 12:00:00' })
  })

  it('begins with the day on which the order was made, where that is known', () => {
    expect(wantedRange([wanted({ created: true, from: '2026-09-01 13:14:15' })], now)?.from).toBe('2026-09-01 00:00:00')
  })

  it('covers everything at once, and is none where all was looked for often enough', () => {
    const all = [wanted(), wanted({ reads: 1 }), wanted({ reads: 3, from: '2020-01-01 00:00:00' })]
    expect(wantedRange(all, now)?.from).toBe('2026-10-24 10:00:00')
    expect(wantedRange([wanted({ reads: 3 })], now)).toBeNull()
    expect(wantedRange([], now)).toBeNull()
  })
})

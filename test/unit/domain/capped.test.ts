import { describe, expect, it } from 'vitest'
import { cappedBy, isRoundCount, type OtherReply } from '#domain/capped.ts'

const apart = (received: number, total: number | null = null): OtherReply => ({ received, total, window: 'apart' })
const overlapping = (received: number, total: number | null = null): OtherReply => ({
  received,
  total,
  window: 'overlapping',
})

describe('a reply', () => {
  it.each<[string, number, number | null, OtherReply[], ReturnType<typeof cappedBy>]>([
    ['that gives no total and no round number is whole', 37, null, [apart(37)], null],
    ['whose total agrees is whole', 37, 37, [], null],
    ['whose total says more is capped', 100, 250, [], 'total'],
    ['whose total says less is capped', 100, 20, [], 'total'],
    ['that is empty beside a total is capped', 0, 12, [], 'total'],
    ['whose total another window gave too counts something else', 37, 5_000, [apart(80, 5_000)], null],
    ['whose total its own half gave too counts something else', 37, 5_000, [overlapping(20, 5_000)], null],
    ['whose half is capped at the same count is still capped', 100, 250, [overlapping(100, 250)], 'total'],
    ['asked again for the same window is judged as before', 90, 100, [{ ...apart(80, 100), window: 'same' }], 'total'],
    ['with a round number alone is whole', 100, null, [], null],
    ['with the round number of another window is capped', 100, null, [apart(100)], 'round'],
    ['with the round number of an overlapping window is whole', 100, null, [overlapping(100)], null],
    ['with another round number is whole', 100, null, [apart(200)], null],
    ['with an odd number that another window has too is whole', 137, null, [apart(137)], null],
  ])('%s', (_what, received, total, others, capped) => {
    expect(cappedBy({ received, total }, others)).toBe(capped)
  })

  it.each([50, 100, 200, 500, 1_000, 5_000])('may be cut off at %i', (count) => {
    expect(isRoundCount(count)).toBe(true)
  })

  it.each([0, 1, 10, 49, 99, 101, 1_024])('is not cut off at %i', (count) => {
    expect(isRoundCount(count)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { isDue, momentOf, spanOf, spansOf } from '#renderer/time/relative-time.ts'

const hour = 3_600_000
const now = 1_725_000_000_000

describe('a moment in words', () => {
  it.each([
    [0, { kind: 'justNow' }],
    [59_000, { kind: 'justNow' }],
    [-30_000, { kind: 'justNow' }],
    [60_000, { kind: 'ago', span: { unit: 'minutes', count: 1 } }],
    [2 * hour + 59 * 60_000, { kind: 'ago', span: { unit: 'hours', count: 2 } }],
    [24 * hour - 1, { kind: 'ago', span: { unit: 'hours', count: 23 } }],
    [24 * hour, { kind: 'date' }],
    [-2 * hour, { kind: 'date' }],
  ])('%i ms old', (age, said) => {
    expect(momentOf(now - age, now)).toEqual(said)
  })
})

describe('what is planned', () => {
  it.each([
    [-1, true],
    [0, true],
    [59_999, true],
    [60_000, false],
  ])('for %i ms from now is due: %s', (ahead, due) => {
    expect(isDue(now + ahead, now)).toBe(due)
  })
})

describe('a span', () => {
  it.each([
    [-5, 'seconds', 0],
    [1_999, 'seconds', 1],
    [61_000, 'minutes', 1],
    [25 * hour, 'days', 1],
  ] as const)('of %i ms', (ms, unit, count) => {
    expect(spanOf(ms)).toEqual({ unit, count })
  })

  it.each([
    [76 * hour, ['3 days', '4 hours']],
    [72 * hour + 59 * 60_000, ['3 days']],
    [2 * hour + 30 * 60_000, ['2 hours', '30 minutes']],
    [45 * 60_000 + 30_000, ['45 minutes']],
    [9_000, ['9 seconds']],
  ])('of %i ms in two units: %o', (ms, said) => {
    expect(spansOf(ms).map(({ unit, count }) => `${count} ${unit}`)).toEqual(said)
  })
})

import { describe, expect, it } from 'vitest'
import { addEvidence, elementEvidence, meaningOf, noEvidence } from '#domain/range-meaning.ts'

const window = { from: '2026-10-01 00:00:00', to: '2026-10-31 23:59:59' }
const before = '2026-09-30 23:59:59'
const inside = '2026-10-01 00:00:00'
const after = '2026-11-01 00:00:00'

interface Times {
  createdAt?: string
  updatedAt?: string
}
const of = (count: number, times: Times) =>
  Array.from({ length: count }, () => elementEvidence(window, times)).reduce(addEvidence, noEvidence)

describe('what start and end mean', () => {
  it.each<[string, [number, Times][], ReturnType<typeof meaningOf>]>([
    ['is unknown before anything came', [], 'unknown'],
    [
      'is unknown from elements that were created and updated inside',
      [[99, { createdAt: inside, updatedAt: inside }]],
      'unknown',
    ],
    [
      'is creation where elements were updated after the window',
      [[3, { createdAt: inside, updatedAt: after }]],
      'created',
    ],
    [
      'is update where elements were created before the window',
      [[3, { createdAt: before, updatedAt: inside }]],
      'updated',
    ],
    ['is update where elements created before carry no update time', [[3, { createdAt: before }]], 'updated'],
    ['is unknown from two elements', [[2, { createdAt: inside, updatedAt: after }]], 'unknown'],
    [
      'is unknown where elements contradict one another',
      [
        [10, { createdAt: inside, updatedAt: after }],
        [10, { createdAt: before, updatedAt: inside }],
      ],
      'unknown',
    ],
    [
      'is creation in spite of one odd element among many',
      [
        [40, { createdAt: inside, updatedAt: after }],
        [1, { createdAt: before, updatedAt: inside }],
      ],
      'created',
    ],
    ['is creation where a hundred without an update time all lie inside', [[100, { createdAt: inside }]], 'created'],
    [
      'is unknown where the upstream brings what lies outside either way',
      [[50, { createdAt: before, updatedAt: after }]],
      'unknown',
    ],
    ['is unknown from elements without a creation time', [[50, { updatedAt: inside }]], 'unknown'],
  ])('%s', (_what, elements, meaning) => {
    expect(meaningOf(elements.map(([count, times]) => of(count, times)).reduce(addEvidence, noEvidence))).toBe(meaning)
  })
})

import { expect, it } from 'vitest'
import { atMostTimes, bounded, compared, median, percentile } from '../../../scripts/bench/figure.ts'

it('sets a figure beside its peer', () => {
  const figure = { name: 'rate', value: 300, unit: '1/s', peer: 'loop', peerValue: 400 }
  expect(compared(figure)).toEqual({ ...figure, ratio: 0.75, goal: null, ok: true })
})

it('has no ratio where the peer is not on this machine', () => {
  expect(compared({ name: 'rate', value: 300, unit: '1/s', peer: 'loop', peerValue: null })).toMatchObject({
    peerValue: null,
    ratio: null,
    ok: true,
  })
})

it.each([
  [19.994, true],
  [20, true],
  [20.004, false],
])('holds %d ms to a goal of 20: %s', (value, ok) => {
  expect(bounded({ name: 'window', value, unit: 'ms' }, 20)).toMatchObject({ goal: '≤ 20 ms', ok })
})

it.each([
  [799, true],
  [800, true],
  [801, false],
])('holds %d ms to twice a peer that took 400: %s', (value, ok) => {
  const figure = { name: 'merge', value, unit: 'ms', peer: 'loop', peerValue: 400 }
  expect(atMostTimes(figure, 2)).toMatchObject({ goal: '≤ 2 times the peer', ok })
})

it('takes the middle, and the value that most lie below', () => {
  expect(median([9, 1, 5])).toBe(5)
  expect(percentile([...Array(100).keys()], 0.95)).toBe(94)
  expect(percentile([7], 0.95)).toBe(7)
})

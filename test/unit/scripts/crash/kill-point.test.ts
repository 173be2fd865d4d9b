import { expect, it } from 'vitest'
import { killPoints, pointOfRound } from '../../../../scripts/crash/kill-point.ts'

const names = (seed: number, from: number, count: number): string[] =>
  Array.from({ length: count }, (_, index) => pointOfRound(seed, from + index).name)

it.each([1, 2, 60])('comes to every point once before any comes again, seed %i', (seed) => {
  const all = killPoints.map(({ name }) => name).toSorted()
  for (const turn of [0, 1, 7]) expect(names(seed, turn * killPoints.length, killPoints.length).toSorted()).toEqual(all)
})

it('comes to them in another order with another seed or turn, and in the same one with the same seed', () => {
  const count = killPoints.length
  expect(names(1, 0, count)).toEqual(names(1, 0, count))
  expect(names(1, 0, count)).not.toEqual(names(2, 0, count))
  expect(names(1, 0, count)).not.toEqual(names(1, count, count))
})

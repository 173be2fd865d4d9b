import { expect, it } from 'vitest'
import { Checkpoints } from '../../../../scripts/crash/checkpoints.ts'

function watched() {
  const reached: string[] = []
  const told: string[] = []
  const checkpoints = new Checkpoints((passed) => void (passed.reached ? reached : told).push(passed.point))
  return { checkpoints, told, reached }
}

it('tells what is passed and holds nothing by itself', async () => {
  const { checkpoints, told, reached } = watched()
  await checkpoints.pass('a')
  expect({ told, reached }).toEqual({ told: ['a'], reached: [] })
})

it('holds the armed passing, after those let through, until it may go on', async () => {
  const { checkpoints, told, reached } = watched()
  checkpoints.arm('a', 1, true)
  await checkpoints.pass('a')
  let past = false
  const held = checkpoints.pass('a').then(() => (past = true))
  await checkpoints.pass('b')
  expect({ told, reached, past }).toEqual({ told: ['a', 'b'], reached: ['a'], past: false })
  checkpoints.goOn()
  await held
  await checkpoints.pass('a')
  expect(reached).toEqual(['a'])
})

it('lets go when it is armed anew', async () => {
  const { checkpoints } = watched()
  checkpoints.arm('a', 0, true)
  const held = checkpoints.pass('a')
  checkpoints.arm(null, 0, false)
  await expect(held).resolves.toBeUndefined()
})

it('tells of the armed passing without holding it where that is not asked', async () => {
  const { checkpoints, reached } = watched()
  checkpoints.arm('a', 0, false)
  await checkpoints.pass('a')
  expect(reached).toEqual(['a'])
})

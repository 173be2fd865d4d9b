import { describe, expect, it } from 'vitest'
import { argumentsForStartingAgain } from '#main/launch/start-again.ts'

const isAppPath = (argument: string): boolean => argument === '/app'

describe('a start that Chromium would misread', () => {
  it.each([
    [['electron', '/app', 'account', 'list']],
    [['electron', '/app', '--', 'sync', '--type', 'own']],
    [['electron', '--type-of-nothing', '/app', 'sync', '--account', 'x']],
  ])('is none of %j', (argv) => {
    expect(argumentsForStartingAgain(argv, isAppPath)).toBeNull()
  })

  it('is made again with our words behind --, and everything else before it', () => {
    const argv = ['electron', '--no-sandbox', '/app', 'sync', '--disable-gpu', '--account', 'a b', '--type', 'own']
    const ours = ['sync', '--account', 'a b', '--type', 'own']
    expect(argumentsForStartingAgain(argv, isAppPath)).toEqual(['--no-sandbox', '/app', '--disable-gpu', '--', ...ours])
  })

  it('is made again in a package, and then no more', () => {
    const again = argumentsForStartingAgain(['haoka-desk', '--data-dir', '/d', 'export', '--type', 'all'], isAppPath)
    expect(again).toEqual(['--', '--data-dir', '/d', 'export', '--type', 'all'])
    expect(argumentsForStartingAgain(['haoka-desk', ...(again ?? [])], isAppPath)).toBeNull()
  })
})

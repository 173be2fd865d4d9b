import { describe, expect, it } from 'vitest'
import { argumentsWithoutDisplay, withoutDisplay } from '#main/launch/without-display.ts'

const isAppPath = (argument: string): boolean => argument === '/app'
const bare = { platform: 'linux', environment: {} } as const
const command = ['electron', '--no-sandbox', '/app', 'sync', '--account', 'a b', '--type', 'own']

describe('a command where there is no display', () => {
  it('is started again without one, our words behind --', () => {
    const again = argumentsWithoutDisplay(command, isAppPath, bare)
    const ours = ['sync', '--account', 'a b', '--type', 'own']
    expect(again).toEqual([...withoutDisplay, '--no-sandbox', '/app', '--', ...ours])
    expect(argumentsWithoutDisplay(['electron', ...(again ?? [])], isAppPath, bare)).toBeNull()
  })

  it('is started again in a package too, and where the arguments make no sense', () => {
    const packaged = ['haoka-desk', '--data-dir', '/d', 'account', 'list']
    expect(argumentsWithoutDisplay(packaged, () => false, bare)).toEqual([
      ...withoutDisplay,
      '--',
      ...packaged.slice(1),
    ])
    expect(argumentsWithoutDisplay(['haoka-desk', '--data-dir'], () => false, bare)).not.toBeNull()
  })

  it.each([
    ['on a display', command, { platform: 'linux', environment: { DISPLAY: ':0' } }],
    ['under Wayland', command, { platform: 'linux', environment: { WAYLAND_DISPLAY: 'wayland-0' } }],
    ['on Windows', command, { platform: 'win32', environment: {} }],
    ['told not to look for one', ['electron', '/app', '--ozone-platform=headless', 'account', 'list'], bare],
    ['for a window, which needs one', ['electron', '/app', '--data-dir', '/d'], bare],
  ] as const)('stays as it is %s', (_where, argv, where) => {
    expect(argumentsWithoutDisplay(argv, isAppPath, where)).toBeNull()
  })
})

import { existsSync, lstatSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dropForeignLock, withShortTemporaryFolder } from '#main/launch/first-instance.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined

describe.skipIf(process.platform === 'win32')('the lock of a window', () => {
  it.each([
    ['stays where this computer has it', 'my-pc-123', true],
    ['goes where another computer left it', 'other-pc-123', false],
    ['goes where this computer had another name', 'my-pc-old-123', false],
  ])('%s', (_what, target, stays) => {
    const folder = temporaryFolder()
    symlinkSync(target, join(folder, 'SingletonLock'))
    symlinkSync('/nowhere', join(folder, 'SingletonSocket'))
    dropForeignLock(folder, 'my-pc')
    expect(isThere(join(folder, 'SingletonLock'))).toBe(stays)
    expect(isThere(join(folder, 'SingletonSocket'))).toBe(stays)
  })

  it('is not looked for where there is none, and a file of that name is left alone', () => {
    const folder = temporaryFolder()
    dropForeignLock(folder, 'my-pc')
    writeFileSync(join(folder, 'SingletonLock'), 'mine')
    dropForeignLock(folder, 'my-pc')
    expect(existsSync(join(folder, 'SingletonLock'))).toBe(true)
  })
})

describe('the temporary folder for its socket', () => {
  const seen = (environment: NodeJS.ProcessEnv) => withShortTemporaryFolder(environment, () => environment['TMPDIR'])

  it('is the usual one where that is short', () => {
    expect(seen({})).toBeUndefined()
    expect(seen({ TMPDIR: '/data/temp' })).toBe('/data/temp')
  })

  it('is another one where a socket’s path would be too long, for that moment only', () => {
    const environment = { TMPDIR: `/${'deep/'.repeat(20)}temp` }
    const before = environment.TMPDIR
    expect(seen(environment)).toBe('/tmp')
    expect(environment.TMPDIR).toBe(before)
  })

  it('counts bytes, not letters', () => {
    expect(seen({ TMPDIR: `/${'订单'.repeat(13)}` })).toBe('/tmp')
  })
})

import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { cacheFolder } from '../../../scripts/runtime/cache-folder.ts'
import { runQuietly } from '../../../scripts/runtime/run-quietly.ts'
import { remedy } from '../../../scripts/runtime/system-packages.ts'
import { hasDisplay, startVirtualDisplay } from '../../../scripts/runtime/virtual-display.ts'

const linux = process.platform === 'linux'

it('names what is missing and the one command that helps', () => {
  const text = remedy(['libgtk-3.so.0', 'Xvfb'], true)
  expect(text).toContain('libgtk-3.so.0, Xvfb')
  expect(text).toMatch(/Run: sudo apt-get update && sudo apt-get install -y xvfb libgtk-3-0 /)
  expect(remedy(['Xvfb'], false)).not.toContain('apt-get')
})

it('puts runtimes into the cache that the environment names', () => {
  const folder = mkdtempSync(join(tmpdir(), 'haoka-cache-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  expect(cacheFolder({ HAOKA_CACHE_DIR: join(folder, 'own') })).toBe(join(folder, 'own'))
  expect(cacheFolder({ XDG_CACHE_HOME: folder })).toBe(join(folder, 'haoka-desk'))
})

it('passes over a cache folder that cannot be made', () => {
  expect(cacheFolder({ HAOKA_CACHE_DIR: '/dev/null/cache' })).not.toContain('/dev/null')
})

it.runIf(linux).each([
  [{}, false],
  [{ DISPLAY: '' }, false],
  [{ DISPLAY: ':0' }, true],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, true],
])('with %j a window can be seen: %s', (environment, seen) => expect(hasDisplay(environment)).toBe(seen))

it.runIf(existsSync('/usr/bin/Xvfb'))('gives two virtual displays at once two names, and ends them', async () => {
  const displays = await Promise.all([startVirtualDisplay('640x480'), startVirtualDisplay('640x480')])
  const names = displays.map((display) => display.name)
  expect(new Set(names).size).toBe(2)
  expect(names.every((name) => /^:\d+$/.test(name))).toBe(true)
  await Promise.all(displays.map((display) => display.stop()))
})

it('keeps what a program printed, and tells a failure from a success', async () => {
  const node = process.execPath
  expect(await runQuietly(node, ['-e', 'console.log(1); console.error(2); process.exit(3)'])).toEqual({
    code: 3,
    output: expect.stringMatching(/1[^]*2/),
  })
  expect((await runQuietly('/nowhere/program', [])).code).toBeNull()
  expect((await runQuietly(node, ['-e', 'setTimeout(() => {}, 60000)'], { timeoutMs: 100 })).code).toBeNull()
})

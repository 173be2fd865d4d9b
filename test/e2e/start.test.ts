import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, inject, it } from 'vitest'
import { projectFolder } from '../../scripts/runtime/project.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { readCsv } from '../support/csv.ts'

const linux = process.platform === 'linux'

/** A script as npm runs it, where there is no display, in a process group of its own. */
function runScript(name: string, args: readonly string[] = []): ChildProcess {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env
  const file = join(projectFolder, 'scripts', name)
  return spawn(process.execPath, [file, ...args], { env, detached: true, stdio: ['ignore', 'pipe', 'inherit'] })
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve))
}

function groupIsAlive(child: ChildProcess): boolean {
  try {
    return process.kill(-(child.pid ?? Number.NaN), 0)
  } catch {
    return false
  }
}

it('prints one JSON line with what to spawn', async () => {
  const child = runScript('runtime.ts')
  const closed = ended(child)
  const output = await text(child.stdout!)
  expect(await closed).toBe(0)
  expect(output.trimEnd().split('\n')).toHaveLength(1)
  const { DISPLAY: _display, ...env } = inject('runtime').env
  expect(JSON.parse(output)).toEqual({ ...inject('runtime'), env })
})

it.runIf(linux)('runs the main job where there is no display: summary, picture, exported file', async () => {
  const child = runScript('start.ts', ['--practice'])
  const closed = ended(child)
  const output = await text(child.stdout!)
  expect(await closed).toBe(0)
  const folder = join(projectFolder, 'practice-output')
  expect(readdirSync(folder).sort()).toEqual(['orders.csv', 'screenshot.png'])
  expect(readFileSync(join(folder, 'screenshot.png')).subarray(1, 4).toString()).toBe('PNG')
  const { rows } = readCsv(join(folder, 'orders.csv'))
  expect(rows.length).toBeGreaterThan(0)
  expect(output).toContain(`/ orders: ${rows.length} `)
  expect(output).toContain(`/ exported rows: ${rows.length}\n`)
})

it.runIf(linux)('ends with everything it started when it is told to', async () => {
  const dataDir = temporaryFolder()
  const child = runScript('start.ts', ['--data-dir', dataDir])
  const closed = ended(child)
  child.stdout!.resume()
  // The window writes its page's storage once it is open.
  await expect.poll(() => existsSync(join(dataDir, 'Local Storage')), { timeout: 30_000 }).toBe(true)
  expect(groupIsAlive(child)).toBe(true)
  child.kill('SIGTERM')
  expect(await closed).toBe(0)
  await expect.poll(() => groupIsAlive(child), { timeout: 10_000 }).toBe(false)
})

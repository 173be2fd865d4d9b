import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, vi } from 'vitest'
import { heapFlags } from '#main/processes/heap-flags.ts'
import type { LaunchedProcess } from '#main/processes/launched-process.ts'
import { chooseKind, launchProcess } from '#main/processes/launcher.ts'
import { openTestDatabase } from '../../../support/database.ts'
import { account } from '../../../support/sync-steps.ts'

const fixture = (name: string) => fileURLToPath(new URL(`../../../fixtures/processes/${name}`, import.meta.url))

async function launchEcho(log: (line: string) => void = () => undefined, execArgv: readonly string[] = []) {
  const how = { name: 'echo', log, execArgv }
  const child: LaunchedProcess<unknown, unknown> = await launchProcess(fixture('echo.ts'), [], how)
  const ask = (message: unknown) =>
    new Promise((resolve) => {
      child.port.onMessage(resolve)
      child.port.send(message)
    })
  return { child, ask }
}

describe('the choice of launcher', () => {
  it.each([
    ['plain Node', { napi: '10' }, 'node'],
    ['an Electron whose Node-API is too old for the database', { electron: '33.2.1', napi: '9' }, 'node'],
    ['the Electron that is shipped', { electron: '45.4.1', napi: '10' }, 'utility'],
  ] as const)('in %s', (_where, versions, kind) => {
    expect(chooseKind(versions)).toBe(kind)
  })
})

describe('the Node launcher', () => {
  it('carries messages both ways, bytes too, and the child’s output line by line', async () => {
    const lines: string[] = []
    const { child, ask } = await launchEcho((line) => lines.push(line))
    expect(child.kind).toBe('node')
    expect(await ask({ bytes: Uint8Array.of(1, 2) })).toEqual({ echo: { bytes: Uint8Array.of(1, 2) } })
    await expect.poll(() => lines).toContain('echo is up')
    child.end()
    expect(await child.exited).toBe(0)
  })

  it('hands on no secret of the environment', async () => {
    vi.stubEnv('HAOKA_PASSPHRASE', 'secret')
    const { child, ask } = await launchEcho()
    vi.unstubAllEnvs()
    const names = await ask('environment')
    expect(names).toContain('PATH')
    expect(names).toContain('MALLOC_TRIM_THRESHOLD_')
    expect(names).not.toContain('HAOKA_PASSPHRASE')
    child.kill()
    await child.exited
  })

  it('bounds the child’s heap', async () => {
    const { child, ask } = await launchEcho(undefined, heapFlags)
    expect(await ask('heap')).toBeLessThan(250_000_000)
    child.kill()
    await child.exited
  })

  it('tells of the end once, with the exit code, and takes what is sent afterwards', async () => {
    const { child } = await launchEcho()
    let closed = 0
    child.port.onClose(() => (closed += 1))
    child.port.send('die')
    expect(await child.exited).toBe(7)
    child.port.send('anybody?')
    expect(closed).toBe(1)
  })

  it('ends in processGone when the executable is missing', async () => {
    const lines: string[] = []
    const options = { name: 'echo', nodeExecutable: '/no/such/node', log: (line: string) => void lines.push(line) }
    const child = await launchProcess(fixture('echo.ts'), [], options)
    expect(await child.exited).toBeNull()
    expect(lines.join()).toContain('could not be started')
  })
})

describe('the database process', () => {
  it('rejects what is under way and every later call when it is killed', async () => {
    await using database = await openTestDatabase()
    const call = database.call('sync.summary', { accountId: account })
    database.kill()
    await expect(call).rejects.toMatchObject({ code: 'processGone' })
    expect(await database.exited).toBeNull()
    await expect(database.call('sync.summary', { accountId: account })).rejects.toMatchObject({ code: 'processGone' })
  })

  it('answers a call before vault.open or after vault.close with an error', async () => {
    await using database = await openTestDatabase()
    await database.call('vault.close', {})
    await expect(database.call('sync.summary', { accountId: account })).rejects.toMatchObject({ code: 'internal' })
  })

  it.runIf(process.platform === 'linux')('stays in the process group of its parent', async () => {
    await using database = await openTestDatabase()
    const groupOf = (pid: number | string) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[2]
    expect(groupOf(database.pid ?? 0)).toBe(groupOf('self'))
  })

  it('ends with its parent, however that ends, and lets go of the files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'haoka-orphan-'))
    const parent = spawn(process.execPath, [fixture('database-parent.ts'), folder], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    await once(parent.stdout, 'data')
    await expect(openTestDatabase({ folder })).rejects.toMatchObject({ code: 'dataFolderInUse' })
    parent.kill('SIGKILL')
    await once(parent, 'exit')
    await expect.poll(() => opens(folder), { timeout: 10_000, interval: 200 }).toBe(true)
    rmSync(folder, { recursive: true })
  })
})

async function opens(folder: string): Promise<boolean> {
  const database = await openTestDatabase({ folder }).catch(() => null)
  await database?.close()
  return database !== null
}

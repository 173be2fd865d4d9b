import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const cli = join(import.meta.dirname, '../../../src/practice/cli.ts')
const main = join(import.meta.dirname, '../../../src/practice/main.ts')
const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

function terminal(...args: string[]): { child: ChildProcess; out: () => string; err: () => string } {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  started.push(child)
  const texts = { out: '', err: '' }
  child.stdout.on('data', (piece: Buffer) => (texts.out += piece.toString()))
  child.stderr.on('data', (piece: Buffer) => (texts.err += piece.toString()))
  return { child, out: () => texts.out, err: () => texts.err }
}

describe('npm run practice', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('prints one JSON line, serves, and ends on %s', async (signal) => {
    const { child, out } = terminal('--port', '0', '--orders', '5000', '--seed', '1')
    await expect.poll(out, { timeout: 10_000 }).toContain('\n')
    const line = JSON.parse(out()) as Record<string, string> & { control: { url: string; token: string } }
    expect(Object.keys(line).join(' ')).toBe(
      'gateway key name password token sk apiUrl apiToken apiUser apiPwd control',
    )
    const state = await fetch(`${line.control.url}/state`, { headers: { 'x-practice-token': line.control.token } })
    expect(await state.json()).toMatchObject({ orders: expect.any(Number) as number })
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(out().trim().split('\n')).toHaveLength(1)
  })

  it.skipIf(process.platform === 'win32')('ends with the shell that npm puts in between', async () => {
    const env = { ...process.env, npm_lifecycle_event: 'practice' }
    const script = `"${process.execPath}" "${cli}" & echo $!; wait`
    const shell = spawn('sh', ['-c', script], { env, stdio: ['ignore', 'pipe', 'ignore'] })
    started.push(shell)
    let out = ''
    shell.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
    await expect.poll(() => out, { timeout: 10_000 }).toContain('gateway')
    const { gateway } = JSON.parse(out.split('\n')[1] ?? '') as { gateway: string }
    expect((await fetch(gateway)).status).toBe(200)
    shell.kill('SIGTERM')
    const refused = (): Promise<boolean> =>
      fetch(gateway).then(
        () => false,
        () => true,
      )
    await expect.poll(refused, { timeout: 5_000 }).toBe(true)
  })

  it('goes on when its standard input ends', async () => {
    const { child, out } = terminal('--no-sk', '--shape', 'jiTuan', '--fault', 'error500:always:ranged')
    child.stdin?.end()
    await expect.poll(out, { timeout: 10_000 }).toContain('\n')
    const { gateway, key, token, sk } = JSON.parse(out()) as Record<string, string>
    expect(sk).toBe('')
    const ask = async (rest: string): Promise<string> =>
      (await fetch(`${gateway}?key=${key}&token=${token}&type=1&channels=1${rest}`)).text()
    expect(await ask('')).toContain('"goodsName"')
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(await ask('&start=2024-01-01+00:00:00')).toContain('"code":500')
  })

  it.each([
    [['--orders', 'many']],
    [['--shape', 'round']],
    [['--fault', 'flood']],
    [['--set', 'rangeMeans']],
    [['--nonsense']],
    [['--set', 'hope=true']],
  ])('explains itself on stderr and leaves with 2 for %j', async (args) => {
    const { child, out, err } = terminal(...args)
    expect(await once(child, 'exit')).toEqual([2, null])
    expect(out()).toBe('')
    expect(err()).toContain('Usage: npm run practice')
  })
})

describe('the app’s child process', () => {
  function child(options: unknown): ChildProcess {
    const forked = fork(main, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    started.push(forked)
    return forked
  }

  it('says when it is ready, serves, and ends when its parent’s channel closes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'practice-'))
    const process = child({ orders: 200, statePath: join(folder, 'gateway.json') })
    const [message] = (await once(process, 'message')) as [Record<string, string>]
    expect(message).toMatchObject({ kind: 'ready', credentials: { name: 'practice' } })
    const headers = { 'x-practice-token': message.controlToken ?? '' }
    expect((await fetch(`${message.controlUrl}/state`, { headers })).status).toBe(200)
    process.disconnect()
    expect((await once(process, 'exit'))[0]).toBe(0)
    await expect(fetch(`${message.controlUrl}/state`, { headers })).rejects.toThrow()
    rmSync(folder, { recursive: true })
  })

  it('says why it could not start', async () => {
    const process = child({ orders: 'many' })
    const exit = once(process, 'exit')
    expect((await once(process, 'message'))[0]).toMatchObject({ kind: 'failed' })
    expect((await exit)[0]).toBe(1)
  })
})

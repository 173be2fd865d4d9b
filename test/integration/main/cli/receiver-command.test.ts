import '../../../support/plain-electron.ts'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { runCommand } from '#main/cli/run-command.ts'
import { parseArguments } from '#main/cli/parse-arguments.ts'
import { accountJson, commandLine, startInstallation, testPassphrase, upstream } from '../../../support/installation.ts'
import { pushed } from '../../../support/pushes.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

async function installed(): Promise<string> {
  const gateway = await upstream({ orders: 30, speed: 0 })
  const folder = temporaryFolder()
  const { run } = commandLine({ folder, passphrase: testPassphrase })
  await run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  return folder
}

/** Starts the command as a process would; `line` resolves with what it prints, `ended` with the exit code. */
function start(folder: string, words: readonly string[]) {
  const stop = new AbortController()
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const printed = { out: '', err: '' }
  stdout.on('data', (piece: Buffer) => (printed.out += piece.toString()))
  stderr.on('data', (piece: Buffer) => (printed.err += piece.toString()))
  const line = new Promise<Record<string, unknown>>((resolve) => {
    stdout.once('data', (piece: Buffer) => resolve(JSON.parse(piece.toString()) as Record<string, unknown>))
  })
  const services = startInstallation({ folder, passphrase: testPassphrase })
  const io = { stdin: [], stdout, stderr, cwd: folder, signal: stop.signal }
  const stdin = (async function* () {})()
  const ended = runCommand(words, services, { ...io, stdin })
  return { printed, line, ended, stop: () => stop.abort() }
}

describe('the command receiver', () => {
  it('prints its one line when it listens, takes pushes until it is stopped, and has kept them', async () => {
    const folder = await installed()
    const receiver = start(folder, ['receiver', '--account', 'Main', '--port', '0'])
    const line = await receiver.line
    expect(line).toMatchObject({ ok: true, network: false })
    const address = String(line['address'])
    expect(address).toContain(`http://127.0.0.1:${line['port'] as number}/push/`)
    const body = new URLSearchParams(pushed({ outer_id: 'CLI1' }))
    const answer = await fetch(address, { method: 'POST', body })
    expect([answer.status, await answer.text()]).toEqual([200, 'SUCCESS'])
    receiver.stop()
    expect(await receiver.ended).toBe(0)
    expect(receiver.printed.out.trim().split('\n')).toHaveLength(1)
    expect(receiver.printed.err).toContain('1 without an order')
    const again = start(folder, ['receiver', '--account', 'Main', '--port', '0'])
    // The same address over restarts: it has been pasted somewhere.
    expect(new URL(String((await again.line)['address'])).pathname).toBe(new URL(address).pathname)
    again.stop()
    await again.ended
  })

  it('fails with one line where the port is taken, and warns where it is open to the network', async () => {
    const folder = await installed()
    const first = start(folder, ['receiver', '--account', 'Main', '--port', '0', '--network'])
    const { port } = await first.line
    expect(first.printed.err).toContain('other devices')
    const other = start(await installed(), ['receiver', '--account', 'Main', '--port', String(port), '--network'])
    expect(await other.line).toMatchObject({ ok: false, error: { code: 'portTaken' } })
    expect(await other.ended).toBe(1)
    first.stop()
    await first.ended
  })

  it.each([
    ['--port 70000', ['--port', '70000']],
    ['--port x', ['--port', 'x']],
    ['no port', []],
  ])('is a mistake of usage with %s', (_name, words) => {
    expect(() => parseArguments(['receiver', '--account', 'A', ...words])).toThrow(
      expect.objectContaining({ code: 'usage' }),
    )
  })
})

import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

const run = promisify(execFile)
const fixtures = join(import.meta.dirname, '../fixtures/processes')
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'haoka-utility-'))
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: true,
      outDir: folder,
      rolldownOptions: {
        input: {
          app: join(fixtures, 'utility-app.ts'),
          echo: join(fixtures, 'echo.ts'),
          reader: join(fixtures, 'reader.ts'),
        },
        external: ['electron'],
        output: { entryFileNames: '[name].js' },
      },
    },
  })
  const manifest = { name: 'relay', version: '1.0.0', type: 'module', main: 'app.js' }
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest))
})
afterAll(() => rm(folder, { recursive: true }))

/** How to open the bare app, which relays one message to a script. */
function relayCommand(script: string, message: unknown, more: Record<string, string> = {}) {
  const runtime = inject('runtime')
  const args = [...runtime.args.slice(0, -1), `--user-data-dir=${join(folder, 'profile')}`, folder]
  const relayed = { RELAY_SCRIPT: script, RELAY_MESSAGE: JSON.stringify(message), HAOKA_PASSPHRASE: 'secret' }
  return { executable: runtime.executable, args, env: { ...process.env, ...runtime.env, ...relayed, ...more } }
}

async function relay(script: string, message: unknown) {
  const { executable, args, env } = relayCommand(script, message)
  const { stdout } = await run(executable, args, { env, timeout: 90_000, killSignal: 'SIGKILL' })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '')
}

/** A process that has ended may linger as a zombie until somebody asks for its exit code. */
async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  return stat !== null && !stat.includes(') Z ')
}

describe('the utility launcher', () => {
  it('carries messages both ways, the child’s output, and its end', async () => {
    const result = await relay(join(folder, 'echo.js'), { n: 1 })
    expect(result).toMatchObject({ kind: 'utility', answer: { echo: { n: 1 } }, lines: ['echo is up'], closed: 1 })
  })

  it('hands on no secret of the environment', async () => {
    const { answer } = await relay(join(folder, 'echo.js'), 'environment')
    expect(answer).toContain('PATH')
    expect(answer).not.toContain('HAOKA_PASSPHRASE')
  })

  it('keeps the engine’s part of the memory small enough for SQLite to stay under 300 MB beside it', async () => {
    const { answer } = await relay(join(folder, 'reader.js'), 'read')
    expect(answer.orders).toBeGreaterThan(300_000)
    expect(answer.peakBytes).toBeLessThan(200_000_000)
  })

  it('runs the built database process, which opens its files or says what its runtime lacks', async () => {
    const input = { folder: join(folder, 'data'), name: 'orders', key: '5a'.repeat(32) }
    const database = join(import.meta.dirname, '../../out/main/database.js')
    const { answer, napi } = await relay(database, { kind: 'call', id: 1, route: 'vault.open', input })
    if (napi >= 10) expect(answer).toMatchObject({ kind: 'result', output: { fingerprintSecret: expect.any(String) } })
    else expect(answer).toMatchObject({ kind: 'failure', error: { message: expect.stringContaining('Node-API') } })
  })

  it.runIf(process.platform === 'linux')('ends the child with the app, however that ends', async () => {
    const { executable, args, env } = relayCommand(join(folder, 'echo.js'), 1, { RELAY_STAY: '1' })
    const electron = spawn(executable, args, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    const [line] = await once(electron.stdout, 'data')
    const pid = Number(String(line).trim())
    expect(await runs(pid)).toBe(true)
    electron.kill('SIGKILL')
    await expect.poll(() => runs(pid), { timeout: 10_000 }).toBe(false)
  })
})

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import type { Runtime } from '../../../scripts/runtime/resolve-runtime.ts'
import { appArguments } from '../../../scripts/start/app-arguments.ts'
import { languageSwitches } from '../../../scripts/start/language.ts'
import { exitOf, startApp } from '../../../scripts/start/run-app.ts'

/** This Node in the app's place: what counts here is how a program is started and how its end is told. */
function nodeAs(script: string): Runtime {
  const versions = { electron: '', chrome: '', node: process.versions.node }
  return {
    executable: process.execPath,
    args: ['-e', script, '--'],
    env: { FROM_RUNTIME: 'yes' },
    source: 'override',
    ...versions,
  }
}

it('passes arguments and environment on', async () => {
  const script = 'console.log(JSON.stringify([process.argv.slice(1), process.env.FROM_RUNTIME, process.env.MORE]))'
  const app = startApp(nodeAs(script), ['account', 'list'], {
    env: { MORE: 'too' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = exitOf(app)
  expect(JSON.parse(await text(app.stdout!))).toEqual([['account', 'list'], 'yes', 'too'])
  expect(await ended).toBe(0)
})

it('passes the exit code back', async () => {
  expect(await exitOf(startApp(nodeAs('process.exit(6)'), []))).toBe(6)
})

it('tells the end by a signal as shells do', async () => {
  expect(await exitOf(startApp(nodeAs(`process.kill(process.pid, 'SIGKILL')`), []))).toBe(137)
})

it.skipIf(process.platform === 'win32')('ends with the shell that npm puts in between', async () => {
  const starter = join(import.meta.dirname, '..', '..', 'fixtures', 'processes', 'starter.ts')
  const shell = spawn('sh', ['-c', `"${process.execPath}" "${starter}"; true`], {
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let out = ''
  shell.stdout.on('data', (piece: Buffer) => (out += piece.toString()))
  await expect.poll(() => out, { timeout: 10_000 }).toMatch(/^\d+\n/)
  shell.kill('SIGKILL')
  await expect.poll(() => isRunning(Number(out)), { timeout: 5_000 }).toBe(false)
})

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

it('rejects when the program is not there', async () => {
  await expect(exitOf(startApp({ ...nodeAs(''), executable: '/nowhere/electron' }, []))).rejects.toThrow('ENOENT')
})

it.each([
  [
    ['sync', '--type=own'],
    ['sync', '--type', 'own'],
  ],
  [
    ['sync', '--type', 'all'],
    ['sync', '--type', 'all'],
  ],
  [
    ['export', '--typeface=x'],
    ['export', '--typeface=x'],
  ],
])('gives Electron %j as %j', (given, passed) => expect(appArguments(given)).toEqual(passed))

it.each([
  [{}, ['--lang=zh-CN']],
  [{ LANG: 'C.UTF-8' }, ['--lang=zh-CN']],
  [{ LC_ALL: 'POSIX', LANG: 'en_GB.UTF-8' }, ['--lang=zh-CN']],
  [{ LANG: 'en_GB.UTF-8' }, []],
  [{ LANG: 'zh_CN.UTF-8' }, []],
])('with %j asks Electron for %j', (environment, switches) => {
  expect(languageSwitches(environment)).toEqual(switches)
})

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

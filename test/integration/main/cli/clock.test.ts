import '../../../support/plain-electron.ts'
import { describe, expect, it, onTestFinished } from 'vitest'
import { hourMs } from '#domain/beijing-time.ts'
import { commandLine, type InstallationOptions } from '../../../support/installation.ts'
import { anOrder, orders, startOddUpstream } from '../../../support/odd-upstream.ts'

const minuteMs = 60_000

/** A command of an account whose upstream's Date header is right, on a PC whose clock is so wrong. */
async function ran(command: string, wrongMs: number, options: InstallationOptions = {}) {
  const upstream = await startOddUpstream((_request, response) => orders(response, [anOrder(1)]))
  onTestFinished(() => upstream.close())
  const cli = commandLine({ ...options, now: () => Date.now() + wrongMs })
  const account = JSON.stringify({ label: 'Main', key: 'key', token: 'token', gateway: upstream.url })
  await cli.run(['account', 'add', '--json', '-'], { stdin: account })
  return cli.run([command, '--account', 'Main'])
}

describe('a PC clock that is wrong by more than five minutes', () => {
  it.each(['sync', 'reconcile'])('is told of beside the result of %s, once', async (command) => {
    const { exitCode, line, stderr } = await ran(command, -2 * hourMs)
    expect(exitCode).toBe(0)
    expect(line.ok).toBe(true)
    expect(stderr.trim().split('\n')).toEqual([expect.stringMatching(/PC's clock differs .* about 120 minutes/)])
  })

  it('is told of in Chinese where that is the language', async () => {
    const { stderr } = await ran('sync', 6 * minuteMs, { systemLocale: 'zh-CN' })
    expect(stderr).toMatch(/本机时间与服务器相差约 6 分钟/)
  })

  it('is not spoken of where it is less wrong, or where nothing is asked', async () => {
    expect((await ran('sync', 4 * minuteMs)).stderr).toBe('')
    expect((await ran('quota', 2 * hourMs)).stderr).toBe('')
  })
})

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, inject, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { passphrase, runCommand } from '../support/commands.ts'
import { addAccount, expectTotal, sync, takePracticeAccount } from '../support/merchant.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startUpstream } from '../support/upstream.ts'

/** Starts the app once more on the folder, as a person who double-clicks again; resolves to its exit code. */
function startAgain(dataDir: string): Promise<number | null> {
  const { executable, args, env } = inject('runtime')
  const child = spawn(executable, [...args, '--data-dir', dataDir], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  })
  return new Promise((resolve) => child.once('close', resolve))
}

function isShown({ electron }: RunningApp): Promise<boolean | undefined> {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
}

describe('a second start', () => {
  it('leaves what the first is doing alone', async () => {
    const first = await launchApp()
    await takePracticeAccount(first)
    expect(await startAgain(first.dataDir)).toBe(0)
    expect(await sync(first, 'own')).not.toBe('')
  })

  it('of a command while a window has the data open is refused by the data, not by the window', async () => {
    const first = await launchApp()
    await takePracticeAccount(first)
    const listed = await runCommand(['account', 'list'], { dataDir: first.dataDir })
    const [{ label }] = listed.answer['accounts'] as [{ label: string }]
    const ran = await runCommand(['quota', '--account', label], { dataDir: first.dataDir })
    expect(ran).toMatchObject({ code: 1, answer: { ok: false, error: { code: 'dataFolderInUse' } } })
  })

  it('on the same data folder shows the first window and ends', async () => {
    const app = await launchApp()
    await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
    expect(await startAgain(app.dataDir)).toBe(0)
    await expect.poll(() => isShown(app)).toBe(true)
    expect(app.electron.windows()).toHaveLength(1)
  })

  it('that comes while the first is still ending begins once that has ended, and what was on its way is there', async () => {
    const upstream = await startUpstream()
    const own = upstream.truth().filter(({ type }) => type === 'own')
    const first = await launchApp({ env: { HAOKA_PASSPHRASE: passphrase } })
    await addAccount(first, upstream)
    const calls = upstream.calls().length
    // Longer than a second start takes, shorter than quitting waits for a reply.
    upstream.addFault({ kind: 'slow', delayMs: 20_000, times: 1 })
    await first.find('nav-sync').click()
    await first.find('sync-own').click()
    await expect.poll(() => upstream.calls().length, { timeout: 20_000 }).toBeGreaterThan(calls)

    const ended = new Promise((resolve) => first.electron.process().once('exit', resolve))
    const marker = join(first.dataDir, 'relaunched')
    await first.electron.evaluate(({ app }, file) => {
      // Its process would outlive this test.
      app.relaunch = () => process.getBuiltinModule('node:fs').writeFileSync(file, '')
      app.quit()
    }, marker)
    expect(await startAgain(first.dataDir)).toBe(0)
    expect(existsSync(marker)).toBe(false)
    await ended
    expect(existsSync(marker)).toBe(true)

    const second = await launchApp({ dataDir: first.dataDir, env: { HAOKA_PASSPHRASE: passphrase } })
    await expectTotal(second, 'own', own.length)
  })

  it('works on a folder that lies deep, where a socket has no room for its path', async () => {
    const dataDir = join(temporaryFolder(), 'a-folder-with-a-long-name-'.repeat(4), 'data')
    mkdirSync(dataDir, { recursive: true })
    const app = await launchApp({ dataDir })
    expect(await startAgain(dataDir)).toBe(0)
    expect(app.electron.windows()).toHaveLength(1)
  })

  it('on another folder opens a window of its own', async () => {
    const first = await launchApp()
    const second = await launchApp()
    expect(second.dataDir).not.toBe(first.dataDir)
    await second.find('nav-settings').waitFor()
  })

  it('after a kill opens as usual', async () => {
    const app = await launchApp()
    await app.kill()
    const again = await launchApp({ dataDir: app.dataDir })
    await again.find('nav-settings').waitFor()
  })
})

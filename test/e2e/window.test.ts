import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { passphrase } from '../support/commands.ts'
import { addAccount, expectTotal, sync, takePracticeAccount } from '../support/merchant.ts'
import { startUpstream } from '../support/upstream.ts'

function boundsOf({ electron }: RunningApp) {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
}

describe('the window', () => {
  it('opens again where it was closed, and as large', async () => {
    const dataDir = temporaryFolder()
    const app = await launchApp({ dataDir })
    const placed = { x: 40, y: 30, width: 1_111, height: 666 }
    await app.electron.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds)
    }, placed)
    await app.close()
    const again = await launchApp({ dataDir })
    expect(await boundsOf(again)).toEqual(placed)
  })

  it('lets a reply that is coming in be received and merged before the app ends', async () => {
    const env = { HAOKA_PASSPHRASE: passphrase }
    const dataDir = temporaryFolder()
    const upstream = await startUpstream({ speed: 0 })
    upstream.addFault({ kind: 'slow', delayMs: 3_000 })
    const app = await launchApp({ dataDir, env })
    await addAccount(app, upstream)
    await app.find('nav-sync').click()
    await app.find('sync-own').click()
    await expect.poll(() => upstream.calls().length, { timeout: 20_000 }).toBe(1)
    await app.close()

    expect(upstream.calls()).toHaveLength(1)
    const again = await launchApp({ dataDir, env })
    const own = upstream.truth().filter((order) => order.type === 'own')
    await expectTotal(again, 'own', own.length)
    expect(upstream.calls(), 'nothing was left to repair').toHaveLength(1)
  })

  it('writes nothing outside the data folder it was given', async () => {
    const home = temporaryFolder()
    const dataDir = join(temporaryFolder(), 'data')
    mkdirSync(dataDir)
    const app = await launchApp({
      dataDir,
      env: { HOME: home, XDG_CONFIG_HOME: '', XDG_CACHE_HOME: '', XDG_DATA_HOME: '', TMPDIR: home },
    })
    await takePracticeAccount(app)
    await sync(app, 'own')
    await app.close()
    const ours = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((name) => /haoka|electron/i.test(name))
    expect(ours).toEqual([])
    expect(readdirSync(dataDir)).toEqual(expect.arrayContaining(['config.json', 'logs', 'practice', 'temp']))
  })

  it('opens a fresh practice profile for every --practice', async () => {
    const dataDir = temporaryFolder()
    const app = await launchApp({ dataDir, args: ['--practice'] })
    await app.find('sync-result').or(app.find('orders-total')).first().waitFor()
    expect(await app.electron.evaluate(({ app }) => app.getPath('userData'))).toContain(dataDir)
    await app.close()
    expect(readdirSync(dataDir)).toEqual(['practice-profiles'])
  })
})

import '../../../support/plain-electron.ts'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { dayMs } from '#domain/beijing-time.ts'
import { accountJson, commandLine, startInstallation, upstream } from '../../../support/installation.ts'
import { MemoryKeychain } from '../../../support/memory-keychain.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

vi.setConfig({ testTimeout: 120_000 })

/** An installation with orders whose clock the test sets. */
async function install() {
  const gateway = await upstream({ historyDays: 5, speed: 0, orders: 60 })
  const keychain = new MemoryKeychain()
  const folder = temporaryFolder()
  const cli = commandLine({ folder, keychain })
  await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  const clock = { ms: Date.now() }
  const services = startInstallation({ folder, keychain, now: () => clock.ms })
  await services.start()
  onTestFinished(() => services.stop())
  const [account] = services.accounts.list()
  /** Changes something, as a sync would. */
  const change = async () => {
    const database = await services.databases.real()
    const run = { accountId: account!.id, type: 'own', channel: 'sync', purpose: 'sync', range: null } as const
    await database.call('runs.begin', { ...run, at: clock.ms })
  }
  const kept = () => readdirSync(join(folder, 'backups')).toSorted()
  return { services, clock, change, kept, folder }
}

describe('the daily backup', () => {
  it('is made once a day, only where something changed, and the last seven are kept', async () => {
    const { services, clock, change, kept } = await install()
    await services.databases.real()
    await services.backups.daily()
    expect(kept()).toHaveLength(1)
    const [first] = kept()
    await change()
    await services.backups.daily()
    expect(kept(), 'the same day').toHaveLength(1)
    for (let day = 1; day <= 8; day += 1) {
      clock.ms += dayMs
      await change()
      await services.backups.daily()
      expect(kept()).toHaveLength(Math.min(7, day + 1))
    }
    expect(kept()).not.toContain(first)
    const newest = kept().at(-1)
    clock.ms += dayMs
    await services.backups.daily()
    expect(kept().at(-1), 'nothing changed').toBe(newest)
    expect(services.backups.state().lastCheck).toEqual({ at: clock.ms, orders: 'good', replies: 'good' })
  })

  it('survives a clock that is set back: the one just made stays', async () => {
    const { services, clock, change, kept } = await install()
    for (let day = 0; day < 7; day += 1) {
      clock.ms += dayMs
      await change()
      await services.backups.daily()
    }
    const before = kept()
    clock.ms -= 30 * dayMs
    await change()
    await services.backups.daily()
    expect(kept()).toHaveLength(7)
    expect(kept().filter((name) => !before.includes(name))).toHaveLength(1)
  })

  it('clears away what an interrupted one left, and lists nothing that is no backup', async () => {
    const { services, change, kept, folder } = await install()
    await services.backups.make()
    writeFileSync(join(folder, 'backups', '.orders-1.haoka-backup.abcd.haoka-part'), 'half')
    writeFileSync(join(folder, 'backups', 'orders-broken.haoka-backup'), 'nothing')
    await change()
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await services.backups.make()
    expect(kept().filter((name) => name.endsWith('.haoka-part'))).toEqual([])
    expect(services.backups.state().kept.map(({ name }) => name)).not.toContain('orders-broken.haoka-backup')
  })

  it('does nothing where there is no data yet, and never fails', async () => {
    const folder = temporaryFolder()
    const services = startInstallation({ folder, keychain: new MemoryKeychain() })
    await services.start()
    await services.backups.daily()
    await services.stop()
    expect(readdirSync(folder)).toEqual([])
  })

  it('comes again after an unclean end, whatever day it is', async () => {
    const { services } = await install()
    const database = await services.databases.real()
    await services.backups.daily()
    expect(services.backups.state().lastCheck).not.toBeNull()
    const run = { accountId: 'a', type: 'own', channel: 'sync', purpose: 'sync', range: null, at: 1 } as const
    await database.call('runs.begin', run)
    killDatabase(database)
    await database.exited
    await services.databases.real()
    expect(services.backups.state().lastCheck).toBeNull()
  })

  it('lets one thing happen at a time', async () => {
    const { services } = await install()
    const first = services.backups.make()
    await expect(services.backups.check()).rejects.toMatchObject({ code: 'backupRunning' })
    expect(services.backups.state().running).toBe('backup')
    await first
    expect(services.backups.state().running).toBeNull()
  })
})

function killDatabase(client: object): void {
  const { pid } = client as { pid?: number }
  if (pid === undefined) throw new Error('the database process has no id')
  process.kill(pid, 'SIGKILL')
}

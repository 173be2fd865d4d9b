import '../../../support/plain-electron.ts'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { allOrders } from '#shared/contract/order-filter.ts'
import type { Services } from '#main/services.ts'
import { accountJson, commandLine, startInstallation, upstream } from '../../../support/installation.ts'
import { MemoryKeychain } from '../../../support/memory-keychain.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

// Under load a restore takes its processes a while.
vi.setConfig({ testTimeout: 120_000 })

async function install() {
  const gateway = await upstream({ historyDays: 5, speed: 0, orders: 120 })
  const keychain = new MemoryKeychain()
  const folder = temporaryFolder()
  const cli = commandLine({ folder, keychain })
  await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  await cli.run(['sync', '--account', 'Main'])
  const services = startInstallation({ folder, keychain })
  await services.start()
  onTestFinished(() => services.stop())
  const [account] = services.accounts.list()
  const accountId = account!.id
  const file = join(temporaryFolder(), 'all.haoka-backup')
  return { gateway, services, accountId, file }
}

const bothTypes = { types: ['own', 'distributor'], channel: 'sync', range: null } as const

/** A sync whose first reply is on its way: asked, not answered. */
async function syncUnderWay({ gateway, services, accountId }: Awaited<ReturnType<typeof install>>) {
  const calls = gateway.calls().length
  gateway.addFault({ kind: 'slow', delayMs: 1_500, times: 1 })
  const ended = services.sync.start({ accountId, ...bothTypes }).catch((error: unknown) => error)
  await vi.waitUntil(() => gateway.calls().length > calls, { timeout: 20_000 })
  return ended
}

async function orderCount(services: Services, accountId: string): Promise<number> {
  const database = await services.databases.real()
  return (await database.call('orders.counts', allOrders(accountId))).total
}

function restore({ services, file }: Awaited<ReturnType<typeof install>>) {
  return services.backups.restore({ file, recoveryCode: null, passphrase: null })
}

describe('while a sync is under way', () => {
  it('a backup is written, whole, and the sync goes on as if there were none', async () => {
    const installed = await install()
    const { gateway, services, accountId, file } = installed
    gateway.advance(24)
    const ended = syncUnderWay(installed)
    await services.backups.writeTo(file)
    expect(await services.backups.inspect(file)).toMatchObject({ needsCode: false })
    expect(await ended).toMatchObject([{ outcome: 'understood' }, { outcome: 'understood' }])
    expect(await orderCount(services, accountId)).toBe(gateway.truth().length)
    expect(await services.sync.state(accountId)).toMatchObject({ openRequests: 0 })
  })

  it('a restore ends it, and what its call may have been handed comes again by range', async () => {
    const installed = await install()
    const { gateway, services, accountId, file } = installed
    await services.backups.writeTo(file)
    gateway.advance(24)
    const ended = syncUnderWay(installed)
    await restore(installed)
    await ended
    expect(await orderCount(services, accountId)).toBe(gateway.truth().length)
    expect(await services.sync.state(accountId)).toMatchObject({ openRequests: 0 })
    expect(await services.sync.start({ accountId, ...bothTypes })).toMatchObject([{ outcome: 'understood' }, {}])
  })
})

describe('while a restore is under way', () => {
  it('a sync that is asked for waits for it and is done on the restored orders', async () => {
    const installed = await install()
    const { gateway, services, accountId, file } = installed
    await services.backups.writeTo(file)
    gateway.advance(24)
    const restored = restore(installed)
    await vi.waitUntil(() => services.backups.state().running === 'restore')
    const synced = services.sync.start({ accountId, ...bothTypes }).catch((error: unknown) => error)
    await restored
    await synced
    expect(await orderCount(services, accountId)).toBe(gateway.truth().length)
    expect(await services.sync.state(accountId)).toMatchObject({ openRequests: 0 })
  })

  it('neither another one nor a backup begins', async () => {
    const installed = await install()
    const { services, file } = installed
    await services.backups.writeTo(file)
    const restored = restore(installed)
    await expect(restore(installed)).rejects.toMatchObject({ code: 'backupRunning' })
    await expect(services.backups.make()).rejects.toMatchObject({ code: 'backupRunning' })
    await restored
    expect(services.backups.state().running).toBeNull()
  })
})

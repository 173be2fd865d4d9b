import '../../../support/plain-electron.ts'
import { existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { PracticeGateway } from '#practice/gateway.ts'
import { breakIndex } from '../../../support/broken-index.ts'
import { accountJson, commandLine, startInstallation, upstream } from '../../../support/installation.ts'
import { MemoryKeychain } from '../../../support/memory-keychain.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { allOrders } from '#shared/contract/order-filter.ts'

vi.setConfig({ testTimeout: 120_000 })

const still = { historyDays: 5, speed: 0, orders: 120 }
const pageBytes = 4_096

async function install(gateway: PracticeGateway) {
  const keychain = new MemoryKeychain()
  const cli = commandLine({ folder: temporaryFolder(), keychain })
  await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  await cli.run(['sync', '--account', 'Main'])
  return {
    folder: cli.folder,
    cli,
    async start() {
      const services = startInstallation({ folder: cli.folder, keychain })
      await services.start()
      onTestFinished(() => services.stop())
      return services
    },
  }
}
type Installed = Awaited<ReturnType<typeof install>>

/** Flips a bit on every page but the first. */
function spoil(file: string): void {
  const bytes = readFileSync(file)
  for (let at = pageBytes + 77; at < bytes.length; at += pageBytes) bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

const asideIn = (folder: string, name: string) =>
  readdirSync(folder).filter((one) => one.startsWith(`${name}.damaged-`))

async function orderCount({ accounts, databases }: Awaited<ReturnType<Installed['start']>>): Promise<number> {
  const [account] = accounts.list()
  const database = await databases.real()
  return (await database.call('orders.counts', allOrders(account!.id))).total
}

describe('damaged orders', () => {
  it('with a backup are set aside, everything waits, and the backup brings them back with what came since', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    expect(readdirSync(join(installed.folder, 'backups'))).toHaveLength(1)
    gateway.advance(48)
    await installed.cli.run(['sync', '--account', 'Main'])
    spoil(join(installed.folder, 'orders.db'))
    const calls = gateway.calls().length

    const services = await installed.start()
    await expect(services.databases.real()).rejects.toMatchObject({ code: 'restoreOffered' })
    const { damage } = services.backups.state()
    expect(damage?.setAside).toEqual(asideIn(installed.folder, 'orders.db'))
    expect(damage?.backup.name).toBe(services.backups.state().kept[0]?.name)
    expect(services.notices.list()).toMatchObject([{ kind: 'databaseSetAside' }])
    await services.sync.repairAll([services.accounts.list()[0]!.id])
    expect(gateway.calls()).toHaveLength(calls)

    const file = services.backups.pathOf(damage!.backup.name)
    await services.backups.restore({ file, recoveryCode: null, passphrase: null })
    expect(services.backups.state().damage).toBeNull()
    expect(await orderCount(services)).toBe(gateway.truth().length)
    const [account] = services.accounts.list()
    expect(await services.sync.state(account!.id)).toMatchObject({ openRequests: 0 })
    expect(asideIn(installed.folder, 'orders.db')).toHaveLength(1)
  })

  it('take no call out of the day’s count', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    await installed.cli.run(['sync', '--account', 'Main'])
    spoil(join(installed.folder, 'orders.db'))
    const services = await installed.start()
    await expect(services.databases.real()).rejects.toMatchObject({ code: 'restoreOffered' })
    const { backup } = services.backups.state().damage!
    await services.backups.restore({ file: services.backups.pathOf(backup.name), recoveryCode: null, passphrase: null })
    const [account] = services.accounts.list()
    expect((await services.sync.quota(account!.id)).used).toBe(gateway.calls().length)
  })

  it('take no call out of the day’s count that was never answered either', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    const { keychain } = installed.cli
    const cutOff = () => Promise.reject(new TypeError('fetch failed'))
    const before = startInstallation({ folder: installed.folder, keychain, fetch: cutOff })
    await before.start()
    const [account] = before.accounts.list()
    for (let round = 0; round < 3; round += 1)
      await before.sync.start({ accountId: account!.id, types: ['own'], channel: 'sync', range: null })
    const { used } = await before.sync.quota(account!.id)
    await before.stop()
    expect(used).toBeGreaterThan(gateway.calls().length)
    spoil(join(installed.folder, 'orders.db'))

    const services = await installed.start()
    await expect(services.databases.real()).rejects.toMatchObject({ code: 'restoreOffered' })
    const { backup } = services.backups.state().damage!
    const calls = gateway.calls().length
    await services.backups.restore({ file: services.backups.pathOf(backup.name), recoveryCode: null, passphrase: null })
    const since = gateway.calls().length - calls
    expect((await services.sync.quota(account!.id)).used).toBe(used + since)
  })

  it('still wait after another start, and the command line says how to bring them back', async () => {
    const gateway = await upstream(still)
    const { cli, folder } = await install(gateway)
    truncateSync(join(folder, 'orders.db'), 3 * pageBytes)
    const words = ['sync', '--account', 'Main']
    const first = await cli.run(words)
    expect(first).toMatchObject({ exitCode: 1, line: { error: { code: 'restoreOffered' } } })
    const second = await cli.run(words)
    expect(second.line.error).toEqual(first.line.error)
    const [backup] = readdirSync(join(folder, 'backups'))
    const path = join(folder, 'backups', backup!)
    expect(second.line.error?.message).toContain(`restore --from "${path}"`)
    expect(await cli.run(['restore', '--from', path])).toMatchObject({ exitCode: 0 })
    expect(await cli.run(words)).toMatchObject({ exitCode: 0 })
  })

  it('may begin anew though there is a backup', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    spoil(join(installed.folder, 'orders.db'))
    const services = await installed.start()
    await expect(services.databases.real()).rejects.toMatchObject({ code: 'restoreOffered' })
    await services.backups.startFresh()
    expect(await orderCount(services)).toBe(gateway.truth().length)
  })

  it.each([
    ['spoiled', spoil],
    ['cut off', (file: string) => truncateSync(file, 5 * pageBytes)],
    ['cut down to nothing', (file: string) => truncateSync(file, 0)],
    ['gone', (file: string) => rmSync(file)],
  ])('without a backup, %s, are rebuilt from the raw replies and by a range', async (_how, damage) => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    rmSync(join(installed.folder, 'backups'), { recursive: true })
    damage(join(installed.folder, 'orders.db'))
    const services = await installed.start()
    await services.databases.real()
    expect(services.notices.list()).toMatchObject([{ kind: 'databaseRebuilt' }])
    const [account] = services.accounts.list()
    await expect.poll(() => orderCount(services), { timeout: 30_000 }).toBe(gateway.truth().length)
    await expect.poll(async () => (await services.sync.state(account!.id)).openRequests, { timeout: 30_000 }).toBe(0)
    const quota = await services.sync.quota(account!.id)
    expect(quota.used).toBe(gateway.calls().length)
  })

  it('without a backup come back even where their replies were dropped long ago', async () => {
    const gateway = await upstream({ ...still, historyDays: 100 })
    const installed = await install(gateway)
    const range = ['--from', '2020-01-01 00:00:00', '--to', '2035-12-31 23:59:59']
    await installed.cli.run(['sync', '--account', 'Main', ...range])
    rmSync(join(installed.folder, 'backups'), { recursive: true })
    const before = await installed.start()
    const database = await before.databases.real()
    await database.call('replies.purge', { before: Date.now() + 86_400_000 })
    await before.stop()
    spoil(join(installed.folder, 'orders.db'))
    const services = await installed.start()
    await services.databases.real()
    await expect.poll(() => orderCount(services), { timeout: 60_000 }).toBe(gateway.truth().length)
  })

  it('beside damaged replies begin anew by range alone', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    rmSync(join(installed.folder, 'backups'), { recursive: true })
    for (const name of ['orders.db', 'orders-replies.db']) spoil(join(installed.folder, name))
    const services = await installed.start()
    await services.databases.real()
    await expect.poll(() => orderCount(services), { timeout: 30_000 }).toBe(gateway.truth().length)
    expect(asideIn(installed.folder, 'orders.db')).toHaveLength(1)
    expect(asideIn(installed.folder, 'orders-replies.db')).toHaveLength(1)
  })

  it('that a backup of another vault lies beside are not offered that one', async () => {
    const gateway = await upstream(still)
    const other = await install(gateway)
    const installed = await install(gateway)
    const [own] = readdirSync(join(installed.folder, 'backups'))
    const [theirs] = readdirSync(join(other.folder, 'backups'))
    writeFileSync(join(installed.folder, 'backups', own!), readFileSync(join(other.folder, 'backups', theirs!)))
    spoil(join(installed.folder, 'orders.db'))
    const services = await installed.start()
    await services.databases.real()
    expect(services.notices.list()).toMatchObject([{ kind: 'databaseRebuilt' }])
  })

  it('are offered an older backup where the newest is damaged too', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    const services = await installed.start()
    gateway.advance(24)
    const [account] = services.accounts.list()
    await services.sync.start({ accountId: account!.id, types: ['own'], channel: 'sync', range: null })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    expect(await services.backups.make()).toBe(true)
    await services.stop()
    const [newest, oldest] = services.backups.state().kept
    const path = join(installed.folder, 'backups', newest!.name)
    const bytes = readFileSync(path)
    bytes[bytes.length - 10] = (bytes.at(-10) ?? 0) ^ 1
    writeFileSync(path, bytes)
    spoil(join(installed.folder, 'orders.db'))
    const again = await installed.start()
    await expect(again.databases.real()).rejects.toMatchObject({ code: 'restoreOffered' })
    expect(again.backups.state().damage?.backup.name).toBe(oldest!.name)
  })
})

describe('damaged replies', () => {
  it('are set aside and the orders go on', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    spoil(join(installed.folder, 'orders-replies.db'))
    const services = await installed.start()
    // Opening reads next to nothing of them; the check reads everything.
    await services.databases.real()
    await services.backups.check().catch(() => undefined)
    await expect.poll(() => asideIn(installed.folder, 'orders-replies.db').length, { timeout: 20_000 }).toBe(1)
    expect(await orderCount(services)).toBe(gateway.truth().length)
    expect(services.notices.list()).toMatchObject([{ kind: 'repliesSetAside' }])
    const [account] = services.accounts.list()
    const [run] = await services.sync.start({ accountId: account!.id, types: ['own'], channel: 'sync', range: null })
    expect(run?.outcome).toBe('understood')
  })
})

describe('rows that no longer fit their index, on pages that all verify', () => {
  it('are found by the daily check: the orders are set aside and the backup is offered, which is whole', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    const before = await installed.start()
    const key = await before.vault.databaseKey()
    await before.stop()
    breakIndex(join(installed.folder, 'orders.db'), key, 'orders', 'orders_by_changed')
    rmSync(join(installed.folder, 'last-check.json'))
    const services = await installed.start()
    await services.databases.real()
    await services.backups.daily()
    expect(services.backups.state().lastCheck).toMatchObject({ orders: 'damaged', replies: 'good' })
    await expect.poll(() => services.backups.state().damage, { timeout: 20_000 }).not.toBeNull()
    expect(asideIn(installed.folder, 'orders.db')).toHaveLength(1)
    const { backup } = services.backups.state().damage!
    await services.backups.restore({ file: services.backups.pathOf(backup.name), recoveryCode: null, passphrase: null })
    expect(await orderCount(services)).toBe(gateway.truth().length)
    await services.backups.check()
  })

  it('are no backup that anybody could restore', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    const before = await installed.start()
    const key = await before.vault.databaseKey()
    await before.stop()
    breakIndex(join(installed.folder, 'orders.db'), key, 'orders', 'orders_by_changed')
    const services = await installed.start()
    const file = join(temporaryFolder(), 'broken.haoka-backup')
    await services.backups.writeTo(file)
    const restored = services.backups.restore({ file, recoveryCode: null, passphrase: null })
    await expect(restored).rejects.toMatchObject({ code: 'backupDamaged' })
    expect(asideIn(installed.folder, 'orders.db')).toEqual([])
  })
})

describe('a page that is damaged while the data is open', () => {
  it('is met by a read: the call fails plainly, the next one finds the backup offered', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    const services = await installed.start()
    const database = await services.databases.real()
    spoil(join(installed.folder, 'orders.db'))
    const file = join(temporaryFolder(), 'x.haoka-backup')
    await expect(services.backups.writeTo(file)).rejects.toMatchObject({ code: 'databaseCorrupt' })
    expect(existsSync(file)).toBe(false)
    await database.exited
    await expect(services.databases.real()).rejects.toMatchObject({ code: 'restoreOffered' })
  })

  it('is found by the daily check, which remembers it', async () => {
    const gateway = await upstream(still)
    const installed = await install(gateway)
    const services = await installed.start()
    await services.databases.real()
    spoil(join(installed.folder, 'orders.db'))
    rmSync(join(installed.folder, 'last-check.json'))
    await services.backups.daily()
    expect(services.backups.state().lastCheck).toMatchObject({ orders: 'damaged', replies: 'good' })
    expect(services.backups.state().kept).toHaveLength(1)
    await expect.poll(() => services.backups.state().damage, { timeout: 20_000 }).not.toBeNull()
  })
})

import '../../../support/plain-electron.ts'
import { existsSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { PracticeGateway } from '#practice/gateway.ts'
import { accountJson, commandLine, startInstallation, testPassphrase, upstream } from '../../../support/installation.ts'
import { MemoryKeychain, noKeychain } from '../../../support/memory-keychain.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

// Every command starts and ends processes of its own.
vi.setConfig({ testTimeout: 120_000 })

const syncWords = ['sync', '--account', 'Main', '--type', 'all']
const exportWords = ['export', '--account', 'Main', '--out', 'out.csv']

async function synced(gateway: PracticeGateway) {
  const cli = commandLine()
  await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
  expect((await cli.run(syncWords)).exitCode).toBe(0)
  return cli
}

type Cli = Awaited<ReturnType<typeof synced>>

async function csvOf(cli: Cli): Promise<string> {
  expect(await cli.run(exportWords)).toMatchObject({ exitCode: 0 })
  return readFileSync(join(cli.folder, 'out.csv'), 'utf8')
}

async function recoveryCodeOf(cli: Cli): Promise<string> {
  const services = startInstallation({ folder: cli.folder, keychain: cli.keychain })
  await services.start()
  const code = await services.vault.recoveryCode()
  await services.stop()
  return code
}

async function backedUp(gateway: PracticeGateway) {
  const cli = await synced(gateway)
  const file = join(temporaryFolder(), 'all.haoka-backup')
  const ran = await cli.run(['backup', '--out', file])
  expect(ran).toMatchObject({ exitCode: 0, line: { ok: true, file } })
  expect(ran.line['bytes']).toBe(readFileSync(file).length)
  return { cli, file, code: await recoveryCodeOf(cli) }
}

const still = { historyDays: 5, speed: 0, orders: 120 }

describe('a backup on another computer', () => {
  it('opens with the recovery code: orders, history, accounts and their secrets', async () => {
    const gateway = await upstream(still)
    const { cli, file, code } = await backedUp(gateway)
    const before = await csvOf(cli)
    const other = commandLine({ recoveryCode: code.toLowerCase() })
    const restored = await other.run(['restore', '--from', file])
    expect(restored).toMatchObject({
      exitCode: 0,
      line: { ok: true, accounts: ['Main'], setAside: [], openRequests: 0 },
    })
    expect(await csvOf(other)).toBe(before)
    gateway.advance(24)
    expect(await other.run(syncWords)).toMatchObject({ exitCode: 0 })
    expect((await other.run(['export', '--account', 'Main', '--out', 'x.csv'])).line['rows']).toBe(
      gateway.truth().length,
    )
  })

  it('opens where there is no keychain, under a passphrase, and from then on with it alone', async () => {
    const gateway = await upstream(still)
    const { cli, file, code } = await backedUp(gateway)
    const before = await csvOf(cli)
    const folder = temporaryFolder()
    const first = commandLine({ folder, keychain: noKeychain(), passphrase: testPassphrase, recoveryCode: code })
    expect(await first.run(['restore', '--from', file])).toMatchObject({ exitCode: 0 })
    const later = commandLine({ folder, keychain: noKeychain(), passphrase: testPassphrase })
    expect(await csvOf(later)).toBe(before)
  })

  it.each([
    ['without the code', {}, 'recoveryCodeNeeded'],
    ['with another code', { recoveryCode: '0000-0000-0000-0000-0000-0000-0000-0000' }, 'recoveryCodeWrong'],
  ])('stays shut %s, and nothing is changed', async (_how, options, code) => {
    const gateway = await upstream(still)
    const { file } = await backedUp(gateway)
    const other = commandLine(options)
    const ran = await other.run(['restore', '--from', file])
    expect(ran).toMatchObject({ exitCode: 1, line: { ok: false, error: { code } } })
    expect(ran.line.error?.message).toContain('HAOKA_RECOVERY_CODE')
    expect(readdirSync(other.folder)).toEqual([])
  })

  it('shows nothing in the clear: no customer, no key, no name', async () => {
    const gateway = await upstream(still)
    const { file } = await backedUp(gateway)
    const bytes = readFileSync(file)
    const { key, token, sk, name } = gateway.credentials
    const phones = gateway.truth().map(({ orderNo }) => orderNo)
    for (const secret of [key, token, sk!, name, 'SQLite format 3', ...phones.slice(0, 5)])
      expect(bytes.includes(secret), secret).toBe(false)
  })
})

describe('restoring over present data', () => {
  it('sets it aside, brings the backup back, and asks again for everything since', async () => {
    const gateway = await upstream(still)
    const { cli, file } = await backedUp(gateway)
    gateway.advance(48)
    await cli.run(syncWords)
    const newer = await csvOf(cli)
    const ran = await cli.run(['restore', '--from', file])
    expect(ran).toMatchObject({ exitCode: 0, line: { openRequests: 0 } })
    const aside = ran.line['setAside'] as string[]
    expect(aside).toHaveLength(1)
    expect(existsSync(join(cli.folder, aside[0]!))).toBe(true)
    expect(await csvOf(cli)).toBe(newer)
  })

  it('asks again only for the types that were ever asked', async () => {
    const gateway = await upstream(still)
    const cli = commandLine()
    await cli.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway) })
    await cli.run(['sync', '--account', 'Main', '--type', 'own'])
    const file = join(temporaryFolder(), 'own.haoka-backup')
    await cli.run(['backup', '--out', file])
    const before = gateway.calls().length
    await cli.run(['restore', '--from', file])
    expect(gateway.calls()).toHaveLength(before + 1)
  })

  it('keeps every call of the day counted', async () => {
    const gateway = await upstream(still)
    const { cli, file } = await backedUp(gateway)
    for (let round = 0; round < 3; round += 1) await cli.run(syncWords)
    const used = (await cli.run(['quota', '--account', 'Main'])).line['used'] as number
    await cli.run(['restore', '--from', file])
    expect((await cli.run(['quota', '--account', 'Main'])).line['used']).toBe(gateway.calls().length)
    expect(gateway.calls().length).toBeGreaterThan(used)
  })

  it('of another vault keeps that one’s files, key and accounts beside it, and its calls of the same key counted', async () => {
    const gateway = await upstream(still)
    const { file, code } = await backedUp(gateway)
    const keychain = new MemoryKeychain()
    const folder = temporaryFolder()
    const other = commandLine({ folder, keychain, recoveryCode: code })
    await other.run(['account', 'add', '--json', '-'], { stdin: accountJson(gateway, { label: 'Theirs' }) })
    await other.run(['sync', '--account', 'Theirs'])
    const ran = await other.run(['restore', '--from', file])
    expect(ran.exitCode).toBe(0)
    const aside = ran.line['setAside'] as string[]
    for (const name of ['orders.db', 'orders-replies.db', 'vault.json', 'config.json'])
      expect(
        aside.some((one) => one.startsWith(`${name}.replaced-`)),
        name,
      ).toBe(true)
    expect((await other.run(['account', 'list'])).line['accounts']).toMatchObject([{ label: 'Main' }])
    expect((await other.run(['quota', '--account', 'Main'])).line['used']).toBe(gateway.calls().length)
  })

  it('refuses a file that is no whole backup, whatever is wrong with it, and changes nothing', async () => {
    const gateway = await upstream(still)
    const { cli, file } = await backedUp(gateway)
    const whole = readFileSync(file)
    const before = readdirSync(cli.folder)
    const cases: [damage: (file: string) => void, code: string][] = [
      [(path) => truncateSync(path, whole.length - 5_000), 'backupDamaged'],
      [(path) => truncateSync(path, 300), 'backupDamaged'],
      [(path) => flip(path, whole.length - 9_000), 'backupDamaged'],
      [(path) => flip(path, 90), 'backupDamaged'],
      [(path) => writeFileSync(path, 'a spreadsheet'), 'notABackup'],
      [(path) => writeFileSync(path, 'haoka-desk-backup 2\n{}\n'), 'databaseNewer'],
    ]
    for (const [damage, code] of cases) {
      writeFileSync(file, whole)
      damage(file)
      const ran = await cli.run(['restore', '--from', file])
      expect(ran, `${damage}`).toMatchObject({ exitCode: 1, line: { error: { code } } })
      expect(readdirSync(cli.folder)).toEqual(before)
    }
    expect((await cli.run(exportWords)).exitCode).toBe(0)
  })

  it('refuses while another process uses the data', async () => {
    const gateway = await upstream(still)
    const { cli, file } = await backedUp(gateway)
    const window = startInstallation({ folder: cli.folder, keychain: cli.keychain })
    await window.start()
    await window.databases.real()
    const ran = await cli.run(['restore', '--from', file])
    await window.stop()
    expect(ran).toMatchObject({ exitCode: 1, line: { error: { code: 'dataFolderInUse' } } })
  })
})

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ 4
  writeFileSync(file, bytes)
}

describe('backup', () => {
  it('says what is missing', async () => {
    const cli = commandLine()
    expect(await cli.run(['backup'])).toMatchObject({ exitCode: 2, line: { error: { code: 'usage' } } })
    expect(await cli.run(['restore'])).toMatchObject({ exitCode: 2, line: { error: { code: 'usage' } } })
    const missing = await cli.run(['restore', '--from', 'nowhere.haoka-backup'])
    expect(missing).toMatchObject({ exitCode: 1, line: { error: { code: 'notABackup' } } })
  })

  it('leaves nothing where it cannot write', async () => {
    const gateway = await upstream(still)
    const cli = await synced(gateway)
    const ran = await cli.run(['backup', '--out', join(cli.folder, 'orders.db', 'x.haoka-backup')])
    expect(ran).toMatchObject({ exitCode: 1, line: { error: { code: 'fileNotWritable' } } })
  })
})

import '../../support/plain-electron.ts'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { SecretName } from '#shared/contract/accounts.ts'
import type { PracticeGateway } from '#practice/gateway.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { filesHolding, filesOf } from '../../support/files-of.ts'
import { commandLine, practiceIn, startInstallation, testPassphrase, upstream } from '../../support/installation.ts'
import { MemoryKeychain, noKeychain } from '../../support/memory-keychain.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const secrets: Record<SecretName, string> = {
  key: 'the-api-key-0123456789',
  password: 'the-login-password-密码',
  token: 'the-token-0123456789',
  sk: 'the-signing-key-0123456789',
  apiUrl: 'https://me.example/push/the-secret-path-0123456789',
  apiToken: 'the-integration-token-0123',
  apiPwd: 'the-platform-secret-0123',
}
const settings = {
  label: '主账户',
  types: ['own' as const, 'distributor' as const],
  gateway: '',
  method: 'GET' as const,
  timeoutMs: 60_000,
  name: '13800138000',
  apiUser: '',
  sharedWithOthers: false,
}

function start(options: Parameters<typeof startInstallation>[0]) {
  const installation = startInstallation({ passphrase: testPassphrase, ...options })
  onTestFinished(() => installation.stop())
  return installation
}

/** Adds the gateway's account and syncs it; returns how many orders there are. */
async function syncedOrders(installation: ReturnType<typeof startInstallation>, gateway: PracticeGateway) {
  const { key, token, sk } = gateway.credentials
  const account = await installation.accounts.save({
    settings: { ...settings, gateway: gateway.url },
    secrets: { key, token, sk },
  })
  await installation.sync.start({ accountId: account.id, types: account.types, channel: 'sync', range: null })
  return { account, total: await totalOf(installation, account.id) }
}

async function totalOf(installation: ReturnType<typeof startInstallation>, accountId: string): Promise<number> {
  const database = await installation.databases.forAccount(accountId)
  const filter = allOrders(accountId)
  return (await database.call('orders.counts', filter)).total
}

describe('secrets on disk', () => {
  it.each([
    ['by passphrase', () => ({ keychain: noKeychain(), passphrase: testPassphrase })],
    ['by keychain', () => ({ keychain: new MemoryKeychain(), passphrase: null })],
  ])('are nowhere in the clear, protected %s', async (_how, protection) => {
    const folder = temporaryFolder()
    const installation = start({ folder, ...protection() })
    await installation.start()
    const { id } = await installation.accounts.save({ settings, secrets })
    await installation.accounts.save({ id, settings: { ...settings, label: '改名' }, secrets: {} })
    const code = await installation.vault.recoveryCode()
    const sought = [...Object.values(secrets), testPassphrase, code, code.replaceAll('-', '')]
    const found = (): string[] => sought.flatMap((secret) => filesHolding(folder, secret))
    expect(filesOf(folder).length).toBeGreaterThan(3)
    expect(found()).toEqual([])
    await installation.stop()
    expect(found()).toEqual([])
  })

  it('come back for the upstream client, after a restart too', async () => {
    const folder = temporaryFolder()
    const first = start({ folder })
    await first.start()
    const { id } = await first.accounts.save({ settings, secrets })
    expect(await first.accounts.credentials(id)).toMatchObject({ ...secrets, id, name: '13800138000' })
    await first.stop()
    const second = start({ folder })
    await second.start()
    expect(await second.accounts.credentials(id)).toMatchObject(secrets)
    await second.accounts.save({ id, settings, secrets: { sk: null, apiPwd: '', token: 'new' } })
    expect(await second.accounts.credentials(id)).toMatchObject({ ...secrets, sk: '', apiPwd: '', token: 'new' })
    expect(second.accounts.get(id).secrets).toMatchObject({ sk: false, apiPwd: false, token: true, key: true })
  })

  it('are sealed at the next start where an older version stored an address in the clear', async () => {
    const folder = temporaryFolder()
    const first = start({ folder })
    await first.start()
    const { id } = await first.accounts.save({ settings, secrets: { ...secrets, apiUrl: null } })
    await first.stop()
    const path = join(folder, 'config.json')
    const config = JSON.parse(readFileSync(path, 'utf8')) as { accounts: { settings: Record<string, unknown> }[] }
    config.accounts[0]!.settings['apiUrl'] = secrets.apiUrl
    for (const name of ['config.json', 'config.copy.json']) writeFileSync(join(folder, name), JSON.stringify(config))
    expect(filesHolding(folder, secrets.apiUrl)).toHaveLength(2)
    const second = start({ folder })
    expect(second.accounts.get(id)).not.toHaveProperty('apiUrl')
    expect(second.accounts.get(id).secrets.apiUrl).toBe(true)
    await second.start()
    expect(filesHolding(folder, secrets.apiUrl)).toEqual([])
    expect(await second.accounts.credentials(id)).toMatchObject(secrets)
    const locked = start({ folder, passphrase: null })
    await locked.start()
    expect(locked.accounts.get(id).secrets.apiUrl).toBe(true)
  })

  it('do not open under another account or name', async () => {
    const folder = temporaryFolder()
    const first = start({ folder })
    await first.start()
    const { id } = await first.accounts.save({ settings, secrets })
    await first.stop()
    const path = join(folder, 'config.json')
    const config = JSON.parse(readFileSync(path, 'utf8')) as { accounts: { secrets: Record<string, string> }[] }
    const stored = config.accounts[0]!.secrets
    ;[stored['key'], stored['sk']] = [stored['sk']!, stored['key']!]
    writeFileSync(path, JSON.stringify(config))
    const second = start({ folder })
    await second.start()
    await expect(second.accounts.credentials(id)).rejects.toMatchObject({ code: 'secretsMissing' })
  })

  it('kept for this run only are gone with it, and were never on disk', async () => {
    const folder = temporaryFolder()
    const first = start({ folder, passphrase: null })
    await first.start()
    await first.vault.setUp(testPassphrase, true)
    const { id } = await first.accounts.save({ settings, secrets })
    expect(await first.accounts.credentials(id)).toMatchObject(secrets)
    await first.stop()
    const config = JSON.parse(readFileSync(join(folder, 'config.json'), 'utf8')) as { accounts: object[] }
    expect(config.accounts).toMatchObject([{ id, secrets: {} }])
    const second = start({ folder, passphrase: null })
    await second.start()
    await second.vault.unlock(testPassphrase)
    expect(second.accounts.get(id).secrets.key).toBe(false)
    await expect(second.accounts.credentials(id)).rejects.toMatchObject({ code: 'secretsMissing' })
  })

  it('are not said in what is logged', async () => {
    const installation = start({ folder: temporaryFolder() })
    await installation.start()
    const gateway = await upstream({ orders: 20, faults: [{ kind: 'html' }] })
    await syncedOrders(installation, gateway)
    const { key, token, sk } = gateway.credentials
    for (const secret of [key, token, sk!]) expect(installation.logged.join('\n')).not.toContain(secret)
  })
})

describe('the same orders', () => {
  it('open after the keychain changed, by the recovery code', async () => {
    const folder = temporaryFolder()
    const gateway = await upstream({ historyDays: 5 })
    const first = start({ folder, keychain: new MemoryKeychain(), passphrase: null })
    await first.start()
    const { account, total } = await syncedOrders(first, gateway)
    expect(total).toBeGreaterThan(0)
    const code = await first.vault.recoveryCode()
    await first.stop()
    const second = start({ folder, keychain: new MemoryKeychain(), passphrase: null })
    await second.start()
    expect(second.vault.state()).toMatchObject({ locked: true, needs: 'recoveryCode' })
    await expect(totalOf(second, account.id)).rejects.toMatchObject({ code: 'recoveryCodeNeeded' })
    await second.vault.recover(code, null)
    expect(await totalOf(second, account.id)).toBe(total)
    expect(await second.accounts.credentials(account.id)).toMatchObject({ key: gateway.credentials.key })
  })

  it('open on a new PC that has no keychain, by the recovery code and a new passphrase', async () => {
    const folder = temporaryFolder()
    const gateway = await upstream({ historyDays: 5 })
    const old = start({ folder, keychain: new MemoryKeychain(), passphrase: null })
    await old.start()
    const { account, total } = await syncedOrders(old, gateway)
    const code = await old.vault.recoveryCode()
    await old.stop()
    const newFolder = temporaryFolder()
    cpSync(folder, newFolder, { recursive: true })
    const fresh = start({ folder: newFolder, passphrase: null })
    await fresh.start()
    await fresh.vault.recover(code.replaceAll('-', ' ').toLowerCase(), 'a passphrase of this PC')
    expect(await totalOf(fresh, account.id)).toBe(total)
    await fresh.stop()
    const cli = commandLine({ folder: newFolder, passphrase: 'a passphrase of this PC' })
    const ran = await cli.run(['export', '--account', settings.label, '--out', 'x.csv'])
    expect(ran).toMatchObject({ exitCode: 0, line: { rows: total } })
  })

  it('stay with their account though the settings file is truncated, and a notice says so', async () => {
    const folder = temporaryFolder()
    const gateway = await upstream({ historyDays: 5 })
    const first = start({ folder })
    await first.start()
    const { account, total } = await syncedOrders(first, gateway)
    await first.stop()
    const path = join(folder, 'config.json')
    writeFileSync(path, readFileSync(path).subarray(0, 100))
    const second = start({ folder })
    await second.start()
    expect(second.notices.list()).toMatchObject([
      { kind: 'settingsSetAside', data: { file: expect.stringMatching(/^config\.json\.damaged-/) } },
    ])
    expect(await totalOf(second, account.id)).toBe(total)
  })
})

describe('the practice account', () => {
  it('asks for no passphrase, syncs, and goes with its data', async () => {
    const folder = temporaryFolder()
    const gateway = await upstream({ historyDays: 5 })
    const installation = start({ folder, passphrase: null, practice: practiceIn(gateway), systemLocale: 'zh-CN' })
    await installation.start()
    const account = await installation.accounts.addPractice()
    expect(account).toMatchObject({ practice: true, label: '练习账户' })
    expect(await installation.accounts.addPractice()).toEqual(account)
    await installation.sync.start({ accountId: account.id, types: account.types, channel: 'sync', range: null })
    expect(await totalOf(installation, account.id)).toBe(gateway.truth().length)
    expect(installation.vault.state()).toMatchObject({ protection: 'none', needs: 'newPassphrase' })
    expect(filesOf(folder).map(({ path }) => path)).toContain(join(folder, 'practice', 'practice.key'))
    await installation.accounts.remove(account.id, false)
    expect(installation.accounts.list()).toEqual([])
    expect(filesOf(join(folder, 'practice'))).toEqual([])
  })

  it('keeps its gateway whatever is saved into it', async () => {
    const gateway = await upstream({ orders: 20 })
    const installation = start({ folder: temporaryFolder(), passphrase: null, practice: practiceIn(gateway) })
    await installation.start()
    const { id } = await installation.accounts.addPractice()
    await installation.accounts.save({
      id,
      settings: { ...settings, gateway: 'https://example.com/', label: 'Mine' },
      secrets: { key: 'another' },
    })
    expect(installation.accounts.get(id)).toMatchObject({ label: 'Mine', gateway: '' })
    expect(await installation.accounts.credentials(id)).toMatchObject({
      gateway: gateway.url,
      key: gateway.credentials.key,
    })
  })
})

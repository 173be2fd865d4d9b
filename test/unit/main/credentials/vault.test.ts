import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Keychain } from '#main/credentials/keychain.ts'
import { takePassphrase } from '#main/credentials/passphrase.ts'
import { formatRecoveryCode, makeRecoverySecret } from '#main/credentials/recovery-code.ts'
import { VaultFile } from '#main/credentials/vault-file.ts'
import { Vault } from '#main/credentials/vault.ts'
import { vaultStateSchema } from '#shared/contract/settings.ts'
import { filesHolding } from '../../../support/files-of.ts'
import { MemoryKeychain, noKeychain } from '../../../support/memory-keychain.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

const passphrase = 'correct horse 电池 staple'

interface Start {
  folder?: string
  keychain?: Keychain
  passphrase?: string | null
  dataExists?: boolean
}

/** A started vault, as after the app's start on that folder. */
async function startVault({ folder = temporaryFolder(), keychain = noKeychain(), ...rest }: Start = {}) {
  const setAside: string[] = []
  const file = new VaultFile(folder, {
    now: () => Date.UTC(2025, 0, 2, 3, 4, 5),
    onSetAside: (name) => setAside.push(name),
  })
  const vault = new Vault({
    file,
    keychain,
    passphrase: rest.passphrase ?? null,
    dataExists: () => rest.dataExists ?? false,
  })
  await vault.start()
  vaultStateSchema.parse(vault.state())
  return { vault, folder, setAside }
}

describe('a vault with a keychain', () => {
  it('is set up without a question, and opens by itself ever after', async () => {
    const keychain = new MemoryKeychain()
    const { vault, folder } = await startVault({ keychain })
    expect(vault.state()).toMatchObject({ protection: 'none', locked: false, needs: 'nothing' })
    const key = await vault.databaseKey()
    expect(key).toMatch(/^[0-9a-f]{64}$/)
    const again = await startVault({ folder, keychain })
    expect(again.vault.state()).toMatchObject({ protection: 'keychain', locked: false, needs: 'nothing' })
    expect(await again.vault.databaseKey()).toBe(key)
  })

  it('makes one key though two things need it at once', async () => {
    const { vault } = await startVault({ keychain: new MemoryKeychain() })
    const [one, other] = await Promise.all([vault.databaseKey(), vault.databaseKey()])
    expect(one).toBe(other)
  })

  it('makes one key though two processes set it up at once', async () => {
    const keychain = new MemoryKeychain()
    const one = await startVault({ keychain, passphrase })
    const other = await startVault({ folder: one.folder, keychain, passphrase })
    const [key, otherKey] = await Promise.all([one.vault.databaseKey(), other.vault.databaseKey()])
    expect(key).toBe(otherKey)
    const later = await startVault({ folder: one.folder, keychain })
    expect(await later.vault.databaseKey()).toBe(key)
  })

  it('asks for the recovery code when the keychain changed, and opens the same data', async () => {
    const first = await startVault({ keychain: new MemoryKeychain() })
    const key = await first.vault.databaseKey()
    const code = await first.vault.recoveryCode()
    const changed = new MemoryKeychain()
    const { vault, folder } = await startVault({ folder: first.folder, keychain: changed })
    expect(vault.state()).toMatchObject({ locked: true, needs: 'recoveryCode' })
    await expect(vault.databaseKey()).rejects.toMatchObject({ code: 'recoveryCodeNeeded' })
    await vault.recover(code.toLowerCase(), null)
    expect(await vault.databaseKey()).toBe(key)
    const next = await startVault({ folder, keychain: changed })
    expect(next.vault.state()).toMatchObject({ locked: false, needs: 'nothing', protection: 'keychain' })
    expect(await next.vault.databaseKey()).toBe(key)
  })

  it('takes rubbish from a changed keychain for what it is', async () => {
    const first = await startVault({ keychain: new MemoryKeychain() })
    await first.vault.databaseKey()
    const rubbish: Keychain = {
      available: () => true,
      encrypt: (text) => Buffer.from(text),
      decrypt: () => Buffer.alloc(32, 7).toString('base64'),
    }
    const { vault } = await startVault({ folder: first.folder, keychain: rubbish })
    expect(vault.state()).toMatchObject({ locked: true, needs: 'recoveryCode' })
  })

  it('opens on a new PC by the recovery code, with a passphrase where that PC has no keychain', async () => {
    const old = await startVault({ keychain: new MemoryKeychain() })
    const key = await old.vault.databaseKey()
    const code = await old.vault.recoveryCode()
    const newPc = temporaryFolder()
    cpSync(old.folder, newPc, { recursive: true })
    const { vault } = await startVault({ folder: newPc })
    await expect(vault.recover(code, null)).rejects.toMatchObject({ code: 'passphraseNeeded' })
    await vault.recover(code, passphrase)
    expect(await vault.databaseKey()).toBe(key)
    expect(await vault.recoveryCode()).toBe(code)
    const next = await startVault({ folder: newPc, passphrase })
    expect(await next.vault.databaseKey()).toBe(key)
  })

  it('also opens by the passphrase of the environment once it was started with one', async () => {
    const keychain = new MemoryKeychain()
    const first = await startVault({ keychain })
    const key = await first.vault.databaseKey()
    await startVault({ folder: first.folder, keychain, passphrase })
    const withoutKeychain = await startVault({ folder: first.folder, passphrase })
    expect(await withoutKeychain.vault.databaseKey()).toBe(key)
  })
})

describe('a vault without a keychain', () => {
  it('asks for a new passphrase, then for that passphrase', async () => {
    const { vault, folder } = await startVault()
    expect(vault.state()).toMatchObject({ keychainAvailable: false, needs: 'newPassphrase' })
    await expect(vault.databaseKey()).rejects.toMatchObject({ code: 'passphraseNeeded' })
    expect(await vault.setUp(passphrase, false)).toMatchObject({ protection: 'passphrase', locked: false })
    const key = await vault.databaseKey()
    const next = await startVault({ folder })
    expect(next.vault.state()).toMatchObject({ locked: true, needs: 'passphrase' })
    await expect(next.vault.databaseKey()).rejects.toMatchObject({ code: 'passphraseNeeded' })
    await expect(next.vault.unlock('wrong passphrase')).rejects.toMatchObject({ code: 'passphraseWrong' })
    expect(next.vault.state().locked).toBe(true)
    await next.vault.unlock(passphrase)
    expect(await next.vault.databaseKey()).toBe(key)
  })

  it('is never set up twice', async () => {
    const { vault } = await startVault()
    await vault.setUp(passphrase, false)
    await expect(vault.setUp('another passphrase', false)).rejects.toMatchObject({ code: 'invalidInput' })
  })

  it('asks nothing with the passphrase in the environment', async () => {
    const { vault, folder } = await startVault({ passphrase })
    expect(vault.state()).toMatchObject({ needs: 'nothing', locked: false })
    const key = await vault.databaseKey()
    const next = await startVault({ folder, passphrase })
    expect(next.vault.state()).toMatchObject({ needs: 'nothing', locked: false, protection: 'passphrase' })
    expect(await next.vault.databaseKey()).toBe(key)
  })

  it('says when the passphrase of the environment is wrong', async () => {
    const { vault, folder } = await startVault({ passphrase })
    await vault.databaseKey()
    const next = await startVault({ folder, passphrase: 'another one' })
    await expect(next.vault.databaseKey()).rejects.toMatchObject({ code: 'passphraseWrong' })
  })

  it('takes a passphrase however a keyboard composes its characters', async () => {
    const { vault, folder } = await startVault({ passphrase: 'café 口令 １２'.normalize('NFD') })
    const key = await vault.databaseKey()
    const next = await startVault({ folder, passphrase: 'café 口令 12'.normalize('NFC') })
    expect(await next.vault.databaseKey()).toBe(key)
  })
})

describe('the recovery code of a vault', () => {
  it('can be shown again later, and counts as seen from then on', async () => {
    const keychain = new MemoryKeychain()
    const { vault, folder } = await startVault({ keychain })
    await vault.ensureOpen()
    expect(vault.state().recoveryCodeSeen).toBe(false)
    const told: boolean[] = []
    vault.onChanged((state) => told.push(state.recoveryCodeSeen))
    const code = await vault.recoveryCode()
    expect(told).toEqual([true])
    const next = await startVault({ folder, keychain })
    expect(next.vault.state().recoveryCodeSeen).toBe(true)
    expect(await next.vault.recoveryCode()).toBe(code)
  })

  it.each([
    ['a typo', 'not a code'],
    ['another code', formatRecoveryCode(makeRecoverySecret())],
  ])('does not open with %s', async (_what, typed) => {
    const first = await startVault({ keychain: new MemoryKeychain() })
    await first.vault.databaseKey()
    const { vault } = await startVault({ folder: first.folder, keychain: new MemoryKeychain() })
    await expect(vault.recover(typed, passphrase)).rejects.toMatchObject({ code: 'recoveryCodeWrong' })
    expect(vault.state().locked).toBe(true)
  })

  it('replaces a forgotten passphrase', async () => {
    const { vault, folder } = await startVault({ passphrase })
    const key = await vault.databaseKey()
    const code = await vault.recoveryCode()
    const next = await startVault({ folder })
    await next.vault.recover(code, 'a new passphrase')
    const later = await startVault({ folder })
    await expect(later.vault.unlock(passphrase)).rejects.toMatchObject({ code: 'passphraseWrong' })
    await later.vault.unlock('a new passphrase')
    expect(await later.vault.databaseKey()).toBe(key)
  })
})

describe('the vault file', () => {
  it('holds no passphrase, no recovery code and no key', async () => {
    const { vault, folder } = await startVault({ passphrase })
    const secrets = [passphrase, await vault.databaseKey(), await vault.recoveryCode()]
    secrets.push(secrets[2]!.replaceAll('-', ''))
    expect(secrets.map((secret) => filesHolding(folder, secret))).toEqual([[], [], [], []])
  })

  it.each<[string, (path: string) => void]>([
    ['truncated', (path) => writeFileSync(path, readFileSync(path).subarray(0, 40))],
    ['foreign', (path) => writeFileSync(path, '{"name":"something else"}')],
    ['empty', (path) => writeFileSync(path, '')],
  ])('is set aside when %s, and its copy opens the same data', async (_how, damage) => {
    const keychain = new MemoryKeychain()
    const first = await startVault({ keychain })
    const key = await first.vault.databaseKey()
    damage(join(first.folder, 'vault.json'))
    const next = await startVault({ folder: first.folder, keychain })
    expect(await next.vault.databaseKey()).toBe(key)
    expect(next.setAside).toEqual([expect.stringMatching(/^vault\.json\.damaged-\d{8}-\d{6}$/)])
    expect(readdirSync(first.folder)).toContain(next.setAside[0])
  })

  it('is made anew from its copy when it is gone', async () => {
    const keychain = new MemoryKeychain()
    const first = await startVault({ keychain })
    const key = await first.vault.databaseKey()
    rmSync(join(first.folder, 'vault.json'))
    const next = await startVault({ folder: first.folder, keychain })
    expect(await next.vault.databaseKey()).toBe(key)
    expect(existsSync(join(first.folder, 'vault.json'))).toBe(true)
  })

  it('of a newer version is left alone', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'vault.json'), '{"version":2}')
    await expect(startVault({ folder })).rejects.toMatchObject({ code: 'databaseNewer' })
    expect(readdirSync(folder)).toEqual(['vault.json'])
  })

  it('is never made anew beside orders of an earlier one', async () => {
    const { vault, folder } = await startVault({ keychain: new MemoryKeychain(), dataExists: true })
    await expect(vault.databaseKey()).rejects.toMatchObject({ code: 'databaseKeyWrong' })
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('HAOKA_PASSPHRASE', () => {
  it('is taken out of the environment, so that no child inherits it', () => {
    const environment: NodeJS.ProcessEnv = { HAOKA_PASSPHRASE: passphrase, OTHER: 'stays' }
    expect(takePassphrase(environment)).toBe(passphrase)
    expect(environment).toEqual({ OTHER: 'stays' })
  })

  it.each([{}, { HAOKA_PASSPHRASE: '' }])('counts as none when %j', (environment) => {
    expect(takePassphrase({ ...environment })).toBeNull()
  })
})

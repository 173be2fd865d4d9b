import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, inject, it } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { filesHolding } from '../support/files-of.ts'
import { ensureKeychain, hasRealKeychain, runWithKeychain } from '../support/real-keychain.ts'
import { accountOf, startUpstream } from '../support/upstream.ts'

// Only Linux lets a test have a keychain of its own; on other systems it would be the developer's.
describe.runIf(hasRealKeychain)("with the system's real keychain", () => {
  beforeAll(ensureKeychain)

  it('nothing asks, no secret is in the clear, and a changed keychain asks for the recovery code', async () => {
    const runtime = inject('runtime')
    const upstream = await startUpstream({ orders: 20 })
    const home = temporaryFolder()
    const dataDir = temporaryFolder()
    const run = (words: string[], stdin?: string, asHome = home) =>
      runWithKeychain(runtime, asHome, [...words, '--data-dir', dataDir], stdin)

    const added = await run(['account', 'add', '--json', '-'], JSON.stringify(accountOf(upstream)))
    expect(added).toMatchObject({ code: 0, line: { ok: true } })
    const vault = JSON.parse(readFileSync(join(dataDir, 'vault.json'), 'utf8')) as Record<string, unknown>
    expect(vault).toMatchObject({ keychain: expect.any(String), passphrase: null })
    const synced = await run(['sync', '--account', '张三店'])
    expect(synced).toMatchObject({ code: 0, line: { ok: true } })

    const { key, token, sk } = upstream.credentials
    expect([key, token, sk!].flatMap((secret) => filesHolding(dataDir, secret))).toEqual([])

    const changed = await run(['quota', '--account', '张三店'], '', temporaryFolder())
    expect(changed).toMatchObject({ code: 1, line: { ok: false, error: { code: 'recoveryCodeNeeded' } } })
    const back = await run(['quota', '--account', '张三店'])
    expect(back).toMatchObject({ code: 0, line: { ok: true, used: upstream.calls().length } })
  })
})

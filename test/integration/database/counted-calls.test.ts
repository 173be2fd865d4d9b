import { unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestDatabase, testKey, type TestDatabase } from '../../support/database.ts'
import { account, ask, attempt, element, fingerprint, noon, pull } from '../../support/sync-steps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { testAbout, upkeep } from '../../support/upkeep.ts'

const day = '2026-11-24'
const keyDay = { keyFingerprint: fingerprint, day }

async function used(database: TestDatabase, of = keyDay): Promise<number> {
  return (await database.call('quota.get', of)).used
}

/** A call that was sent and never answered. */
async function unanswered(database: TestDatabase): Promise<void> {
  const { attemptId } = await ask(database)
  await database.call('attempts.fail', { attemptId, error: 'timeout', didNothing: false, at: noon + 1 })
}

function restore(folder: string, archive: string | null, presentKey: string | null = null) {
  return upkeep('restore.run', {
    folder,
    name: 'orders',
    key: testKey,
    stamp: 'replaced-20261124-120000',
    archive,
    presentKey,
    carryFrom: null,
    askAgain: [
      { accountId: account, types: ['own'], everything: { from: '2026-11-01 00:00:00', to: '2026-11-25 00:00:00' } },
    ],
    at: noon + 60_000,
    texts: [],
  })
}

describe('the day’s count of calls', () => {
  it('survives orders of which nothing can be read, calls without a reply included', async () => {
    const folder = temporaryFolder()
    const before = await openTestDatabase({ folder })
    const { fingerprintSecret } = before
    await pull(before, [element()], { at: noon })
    for (let round = 0; round < 4; round += 1) await unanswered(before)
    expect(await used(before)).toBe(5)
    await before.close()
    unlinkSync(join(folder, 'orders.db'))
    await restore(folder, null, testKey)
    await using after = await openTestDatabase({ folder })
    expect(after.fingerprintSecret, 'the fingerprints of keys stay the same').toBe(fingerprintSecret)
    expect(await used(after)).toBe(5)
    await unanswered(after)
    expect(await used(after)).toBe(6)
  })

  it('survives a restore of an older backup over orders of which nothing can be read', async () => {
    const folder = temporaryFolder()
    const before = await openTestDatabase({ folder })
    await pull(before, [element()], { at: noon })
    const file = join(folder, 'x.haoka-backup')
    await before.call('backup.write', { file, about: testAbout, withReplies: false, unlessOrders: null })
    for (let round = 0; round < 3; round += 1) await unanswered(before)
    await before.close()
    unlinkSync(join(folder, 'orders.db'))
    await restore(folder, file, testKey)
    await using after = await openTestDatabase({ folder })
    expect(await used(after)).toBe(4)
  })

  it('is not raised where nothing is missing', async () => {
    const folder = temporaryFolder()
    const before = await openTestDatabase({ folder })
    await pull(before, [element()], { at: noon })
    await unanswered(before)
    await before.close()
    await restore(folder, null, testKey)
    await using after = await openTestDatabase({ folder })
    expect(await used(after)).toBe(2)
  })

  it('follows a call to the day on which the server saw it', async () => {
    const folder = temporaryFolder()
    const before = await openTestDatabase({ folder })
    const { requestId } = await ask(before)
    const { attemptId } = await attempt(before, requestId)
    await before.call('attempts.redate', { attemptId, day: '2026-11-25' })
    await before.close()
    unlinkSync(join(folder, 'orders.db'))
    await restore(folder, null, testKey)
    await using after = await openTestDatabase({ folder })
    expect(await used(after, { ...keyDay, day: '2026-11-25' })).toBe(1)
  })
})

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { AccountDatabases } from '#main/account-databases.ts'
import { startDatabase, type DatabaseClient } from '#main/processes/database-client.ts'
import { databaseScript, testKey } from '../../support/database.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Both databases of a data folder in real processes, and every process that was started. */
function openDatabases(key: () => Promise<string> = async () => testKey) {
  const folder = temporaryFolder()
  const started: DatabaseClient[] = []
  const databases = new AccountDatabases({
    dataFolder: folder,
    vault: { databaseKey: key },
    isPractice: (accountId) => accountId === 'practice',
    async start(target) {
      const client = await startDatabase({ ...target, script: databaseScript, log: () => undefined })
      started.push(client)
      return client
    },
  })
  onTestFinished(() => databases.close())
  return { databases, folder, started }
}

describe('the databases of an installation', () => {
  it('start one process for all who ask at once', async () => {
    const { databases, started } = openDatabases()
    const [one, other] = await Promise.all([databases.forAccount('a'), databases.forAccount('b')])
    expect(one).toBe(other)
    expect(started).toHaveLength(1)
  })

  it('start anew when the process is gone', async () => {
    const { databases, started } = openDatabases()
    await databases.real()
    started[0]!.kill()
    await started[0]!.exited
    const again = await databases.real()
    expect(await again.call('runs.list', { accountId: 'a', before: null, count: 1 })).toEqual([])
    expect(started).toHaveLength(2)
  })

  it('ask for the key again after a vault that was locked', async () => {
    let locked = true
    const { databases } = openDatabases(async () => {
      if (locked) throw new Error('locked')
      return testKey
    })
    await expect(databases.real()).rejects.toThrow('locked')
    locked = false
    await expect(databases.real()).resolves.toBeDefined()
  })

  it('keep practice apart, under a key that lies beside it, and never ask the vault for it', async () => {
    const { databases, folder } = openDatabases(() => Promise.reject(new Error('asked')))
    await databases.forAccount('practice')
    expect(readFileSync(join(folder, 'practice', 'practice.key'), 'utf8')).toMatch(/^[0-9a-f]{64}$/)
    expect(existsSync(join(folder, 'practice', 'practice.db'))).toBe(true)
    expect(existsSync(join(folder, 'orders.db'))).toBe(false)
    await databases.removePractice()
    expect(existsSync(join(folder, 'practice', 'practice.db'))).toBe(false)
    expect(existsSync(join(folder, 'practice', 'practice.key'))).toBe(false)
  })

  it('let a practice database go that no longer opens', async () => {
    const { databases, folder, started } = openDatabases()
    await databases.practice()
    started[0]!.kill()
    await started[0]!.exited
    writeFileSync(join(folder, 'practice', 'practice.key'), '00'.repeat(32))
    await expect(databases.practice()).rejects.toMatchObject({ code: 'databaseKeyWrong' })
    await databases.removePractice()
    await expect(databases.practice()).resolves.toBeDefined()
  })

  it('open nothing more once they are closed', async () => {
    const { databases } = openDatabases()
    await databases.real()
    await databases.close()
    await expect(databases.real()).rejects.toMatchObject({ code: 'processGone' })
  })
})

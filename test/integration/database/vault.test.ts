import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConnection } from '#database/connection.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { openTestDatabase, testKey } from '../../support/database.ts'
import { account, ask, attempt, element, noon, pull, receive, replyOf } from '../../support/sync-steps.ts'

const filter = allOrders(account)

/** Every byte that lies in the folder, under its file's name. */
function bytesOf(folder: string): [string, Buffer][] {
  return readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])
}

describe('the vault', () => {
  it('keeps its data and its fingerprint secret from one start to the next', async () => {
    await using first = await openTestDatabase()
    await pull(first, [element()])
    await first.close()
    expect(await first.exited).toBe(0)
    await using second = await openTestDatabase({ folder: first.folder })
    expect(second.fingerprintSecret).toBe(first.fingerprintSecret)
    expect(await second.call('vault.fingerprintSecret', {})).toEqual({ fingerprintSecret: first.fingerprintSecret })
    expect(await second.call('orders.counts', filter)).toMatchObject({ total: 1 })
  })

  it('leaves nothing beside the two files and the lock when it is closed', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await database.close()
    expect(readdirSync(database.folder).toSorted()).toEqual(['orders-replies.db', 'orders.db', 'orders.lock'])
  })

  it('refuses another key and leaves the files as they were', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await database.close()
    const before = bytesOf(database.folder)
    const wrong = openTestDatabase({ folder: database.folder, key: 'c3'.repeat(32) })
    await expect(wrong).rejects.toMatchObject({ code: 'databaseKeyWrong' })
    expect(bytesOf(database.folder)).toEqual(before)
  })

  it('refuses a second process while the first holds the files, and not once that was killed', async () => {
    await using first = await openTestDatabase()
    const second = openTestDatabase({ folder: first.folder })
    await expect(second).rejects.toMatchObject({ code: 'dataFolderInUse' })
    await pull(first, [element()])
    await first.crash()
    await using third = await openTestDatabase({ folder: first.folder })
    expect(await third.call('orders.counts', filter)).toMatchObject({ total: 1 })
  })

  it('holds the practice account’s files apart', async () => {
    await using real = await openTestDatabase()
    await using practice = await openTestDatabase({ folder: real.folder, name: 'practice', key: 'c3'.repeat(32) })
    await pull(practice, [element()])
    expect(await real.call('orders.counts', filter)).toMatchObject({ total: 0 })
  })

  it('writes no clear byte: not while it runs, not after a crash, not when it is closed', async () => {
    await using database = await openTestDatabase()
    const secrets = ['13800138000', '张小三', '110101199003071234', 'order_sn', 'SQLite format 3']
    const expectNothingClear = () => {
      const files = bytesOf(database.folder)
      expect(files.length).toBeGreaterThan(1)
      for (const [name, bytes] of files)
        for (const secret of secrets) expect(bytes.includes(secret), `${secret} in ${name}`).toBe(false)
    }
    await receive(database, await ask(database), replyOf([element()]))
    expectNothingClear()
    await pull(database, [element()])
    const started = await attempt(database, (await ask(database)).requestId)
    const begun = { ...started, at: noon, httpStatus: 200, contentType: '' }
    const { replyId } = await database.call('replies.begin', begun)
    await database.call('replies.append', { replyId, chunk: Buffer.from(JSON.stringify(element()).repeat(9_000)) })
    expectNothingClear()
    await database.crash()
    expectNothingClear()
    const again = await openTestDatabase({ folder: database.folder })
    await again.close()
    expectNothingClear()
  })
})

describe('a damaged file', () => {
  it.each(['orders', 'orders-replies'])('is told from a wrong key when the first page of %s is hit', async (name) => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await database.close()
    const file = join(database.folder, `${name}.db`)
    const bytes = readFileSync(file)
    bytes[200] = bytes[200]! ^ 0xff
    writeFileSync(file, bytes)
    await expect(openTestDatabase({ folder: database.folder })).rejects.toMatchObject({ code: 'databaseCorrupt' })
    expect(readFileSync(file).equals(bytes)).toBe(true)
  })

  it('is not taken for a fresh start when the orders were cut down to nothing', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await database.close()
    truncateSync(join(database.folder, 'orders.db'), 0)
    await expect(openTestDatabase({ folder: database.folder })).rejects.toMatchObject({ code: 'databaseCorrupt' })
  })

  it('is reported when it was never ours', async () => {
    await using database = await openTestDatabase()
    await database.close()
    appendFileSync(join(database.folder, 'practice.db'), 'not a database at all, just some text'.repeat(500))
    const foreign = openTestDatabase({ folder: database.folder, name: 'practice' })
    await expect(foreign).rejects.toMatchObject({ code: 'databaseKeyWrong' })
  })

  it('is left alone when a newer version of the app has written it', async () => {
    await using database = await openTestDatabase()
    await database.close()
    const connection = await openConnection(join(database.folder, 'orders.db'), testKey, () => undefined)
    await connection.write(() => connection.run(`INSERT INTO migrations VALUES (9999, 'from-the-future', 0)`))
    connection.close()
    await expect(openTestDatabase({ folder: database.folder })).rejects.toMatchObject({ code: 'databaseNewer' })
  })
})

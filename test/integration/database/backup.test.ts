import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { finishMoves, stagingFolder, type Move } from '#database/restore/moves.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { openTestDatabase, testKey, type TestDatabase } from '../../support/database.ts'
import { account, elements, pull } from '../../support/sync-steps.ts'
import { launchUpkeep, testAbout, upkeep } from '../../support/upkeep.ts'

vi.setConfig({ testTimeout: 120_000 })

function folder() {
  const path = mkdtempSync(join(tmpdir(), 'haoka-backup-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

const backup = (file: string) => ({ file, about: testAbout, withReplies: true, unlessOrders: null })

function restoreInput(at: string, archive: string | null) {
  return {
    folder: at,
    name: 'orders' as const,
    key: testKey,
    presentKey: testKey,
    archive,
    stamp: 'replaced-20261124-120000',
    carryFrom: null,
    askAgain: [],
    at: testAbout.madeAt,
    texts: [],
  }
}

async function totalOf(database: TestDatabase): Promise<number> {
  const filter = allOrders(account)
  return (await database.call('orders.counts', filter)).total
}

describe('a backup', () => {
  it('of data that is being written holds one moment of it, and holds nothing up', async () => {
    using place = folder()
    const file = join(place.path, 'x.haoka-backup')
    {
      await using database = await openTestDatabase({ folder: place.path })
      await pull(database, elements(4_000))
      let ended = false
      const written = database.call('backup.write', backup(file)).finally(() => (ended = true))
      await database.call('runs.list', { accountId: account, before: null, count: 1 })
      expect(ended, 'answered while the backup is under way').toBe(false)
      const pulled = pull(database, elements(6_000))
      expect(await written).toMatchObject({ written: true })
      await pulled
      expect(await totalOf(database)).toBe(6_000)
    }
    using other = folder()
    await upkeep('restore.run', restoreInput(other.path, file))
    await using restored = await openTestDatabase({ folder: other.path })
    expect([4_000, 6_000]).toContain(await totalOf(restored))
    expect(await upkeepOf(restored)).toEqual({ orders: 'good', replies: 'good' })
  })

  it('is not written again while nothing has changed', async () => {
    using place = folder()
    const file = join(place.path, 'x.haoka-backup')
    await using database = await openTestDatabase({ folder: place.path })
    await pull(database, elements(20))
    await database.call('backup.write', backup(file))
    const { files } = await database.call('backup.inspect', { file })
    const unlessOrders = files[0]!.sha256
    rmSync(file)
    expect(await database.call('backup.write', { ...backup(file), unlessOrders })).toMatchObject({ written: false })
    await database.close()
    await using again = await openTestDatabase({ folder: place.path })
    expect(await again.call('backup.write', { ...backup(file), unlessOrders })).toMatchObject({ written: false })
    expect(existsSync(file)).toBe(false)
    await pull(again, elements(21))
    expect(await again.call('backup.write', { ...backup(file), unlessOrders })).toMatchObject({ written: true })
  })

  it('that a kill -9 cuts off leaves the one before in its place, and the data whole', async () => {
    using place = folder()
    const file = join(place.path, 'x.haoka-backup')
    await using database = await openTestDatabase({ folder: place.path })
    await pull(database, elements(3_000))
    await database.call('backup.write', backup(file))
    const before = readFileSync(file)
    await pull(database, elements(3_500))
    let killed: Promise<void> | undefined
    const writing = database.call('backup.write', backup(file), {
      onProgress: ({ done, total }) => {
        if (done > total * 0.7) killed ??= database.crash()
      },
    })
    await expect(writing).rejects.toMatchObject({ code: 'processGone' })
    await killed
    expect(readFileSync(file).equals(before)).toBe(true)
    await using again = await openTestDatabase({ folder: place.path })
    expect(await totalOf(again)).toBe(3_500)
    expect(await upkeepOf(again)).toEqual({ orders: 'good', replies: 'good' })
  })

  it('is cancelled without a trace', async () => {
    using place = folder()
    await using database = await openTestDatabase({ folder: place.path })
    await pull(database, elements(3_000))
    const abort = new AbortController()
    const file = join(place.path, 'x.haoka-backup')
    const writing = database.call('backup.write', backup(file), {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    await expect(writing).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(place.path).filter((name) => name.includes('backup'))).toEqual([])
  })
})

const upkeepOf = (database: TestDatabase) => database.call('upkeep.check', {})

describe('a restore that a kill -9 ends', () => {
  it('at any moment leaves the old data or the new, whole, and nothing is lost', async () => {
    using place = folder()
    const file = join(place.path, 'x.haoka-backup')
    {
      await using database = await openTestDatabase({ folder: place.path })
      await pull(database, elements(300))
      await database.call('backup.write', backup(file))
      await pull(database, elements(500))
    }
    // How long a whole one takes here decides where the kills fall.
    using trial = folder()
    const startedAt = performance.now()
    await upkeep('restore.run', restoreInput(trial.path, file))
    const tookMs = performance.now() - startedAt
    for (let round = 0; round < 10; round += 1) {
      const process = await launchUpkeep()
      const running = process.call('restore.run', restoreInput(place.path, file)).then(
        () => undefined,
        () => undefined,
      )
      await pause((tookMs * (round + 1)) / 10)
      process.kill()
      await process.exited
      await running
      await using database = await openTestDatabase({ folder: place.path })
      // The replies of both pulls stay, so the restored orders are completed by merging the second again.
      for (const { replyId } of await database.call('replies.listUnmerged', {}))
        await database.call('replies.merge', { replyId, at: testAbout.madeAt })
      expect(await totalOf(database), `round ${round}`).toBe(500)
      expect(await upkeepOf(database)).toEqual({ orders: 'good', replies: 'good' })
      expect(existsSync(stagingFolder(place.path, 'orders'))).toBe(false)
    }
  })

  const moves: Move[] = [
    { staged: 'orders.db', target: 'orders.db', aside: 'orders.db.replaced-1' },
    { staged: null, target: 'orders-replies.db', aside: 'orders-replies.db.replaced-1' },
    { staged: 'vault.json', target: 'vault.json', aside: 'vault.json.replaced-1' },
    { staged: 'vault.copy.json', target: 'vault.copy.json', aside: null },
  ]
  const renames: [from: string, to: string][] = [
    ['orders.db-wal', 'orders.db.replaced-1-wal'],
    ['orders.db', 'orders.db.replaced-1'],
    ['orders.restoring/orders.db', 'orders.db'],
    ['orders-replies.db', 'orders-replies.db.replaced-1'],
    ['vault.json', 'vault.json.replaced-1'],
    ['orders.restoring/vault.json', 'vault.json'],
    ['orders.restoring/vault.copy.json', 'vault.copy.json'],
  ]

  it.each(renames.map((_rename, done) => done).concat(renames.length))(
    'after %i of its moves is finished by the next process',
    (done) => {
      using place = folder()
      const write = (name: string, text: string) => writeFileSync(join(place.path, name), text)
      mkdirSync(stagingFolder(place.path, 'orders'))
      for (const name of ['orders.db', 'orders.db-wal', 'orders-replies.db', 'vault.json', 'vault.copy.json'])
        write(name, `old ${name}`)
      for (const name of ['orders.db', 'vault.json', 'vault.copy.json'])
        write(`orders.restoring/${name}`, `new ${name}`)
      write('orders.restore.json', JSON.stringify({ version: 1, moves }))
      for (const [from, to] of renames.slice(0, done)) {
        writeFileSync(join(place.path, to), readFileSync(join(place.path, from)))
        rmSync(join(place.path, from))
      }
      expect(finishMoves(place.path, 'orders')).toBe(true)
      const found = Object.fromEntries(
        readdirSync(place.path).map((name) => [name, readFileSync(join(place.path, name), 'utf8')]),
      )
      expect(found).toEqual({
        'orders.db': 'new orders.db',
        'orders.db.replaced-1': 'old orders.db',
        'orders.db.replaced-1-wal': 'old orders.db-wal',
        'orders-replies.db.replaced-1': 'old orders-replies.db',
        'vault.json': 'new vault.json',
        'vault.json.replaced-1': 'old vault.json',
        'vault.copy.json': 'new vault.copy.json',
      })
      expect(finishMoves(place.path, 'orders')).toBe(false)
    },
  )
})

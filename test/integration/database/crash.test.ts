import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openConnection } from '#database/connection.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import { openTestDatabase, testKey, type TestDatabase } from '../../support/database.ts'
import { account, ask, element, elements, noon, pull, receive, replyOf } from '../../support/sync-steps.ts'

const filter = allOrders(account)
const openRequests = (database: TestDatabase) => database.call('requests.listOpen', { accountId: account })

/** Lowers (or lifts) the size that the running process may make a file; writing beyond it fails as on a full disk. */
function limitFileSize(database: TestDatabase, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${database.pid}`, `--fsize=${bytes}:unlimited`])
}

describe('after a kill -9', () => {
  it('a request that was never sent has failed, one that may have been sent is open', async () => {
    await using database = await openTestDatabase()
    const { runId, requestId } = await ask(database)
    await database.call('requests.open', {
      runId,
      accountId: account,
      type: 'own',
      channel: 'sync',
      range: null,
      at: 1,
    })
    await database.crash()
    await using again = await openTestDatabase({ folder: database.folder })
    expect((await openRequests(again)).map(({ id }) => id)).toEqual([requestId])
  })

  it('between reply and merge, the reply is listed and merges as if nothing had happened', async () => {
    await using database = await openTestDatabase()
    const asked = await ask(database)
    const replyId = await receive(database, asked, replyOf(elements(50)))
    await database.crash()
    await using again = await openTestDatabase({ folder: database.folder })
    const unmerged = [{ replyId, accountId: account, requestId: asked.requestId }]
    expect(await again.call('replies.listUnmerged', {})).toEqual(unmerged)
    expect(await again.call('replies.merge', { replyId, at: noon })).toMatchObject({ new: 50 })
    expect(await again.call('replies.listUnmerged', {})).toEqual([])
    expect(await openRequests(again)).toEqual([])
  })

  it('lists unmerged replies in the order in which their requests left', async () => {
    await using database = await openTestDatabase()
    const first = await ask(database)
    const second = await ask(database)
    const later = await receive(database, second, replyOf([element()]))
    const earlier = await receive(database, first, replyOf([element()]))
    const listed = await database.call('replies.listUnmerged', {})
    expect(listed.map(({ replyId }) => replyId)).toEqual([earlier, later])
  })

  it('in the middle of a merge, nothing is half-written and the merge can be done', async () => {
    await using database = await openTestDatabase()
    const replyId = await receive(database, await ask(database), replyOf(elements(8_000)))
    let crashed: Promise<void> | undefined
    const merge = database.call(
      'replies.merge',
      { replyId, at: noon },
      { onProgress: () => void (crashed ??= database.crash()) },
    )
    await expect(merge).rejects.toMatchObject({ code: 'processGone' })
    await crashed
    await using again = await openTestDatabase({ folder: database.folder })
    expect(await again.call('orders.counts', filter)).toMatchObject({ total: 0 })
    expect(await openRequests(again)).toHaveLength(1)
    expect(await again.call('replies.merge', { replyId, at: noon })).toMatchObject({ new: 8_000 })
  })

  it('between the commits of the two files, a merged reply is not listed and may be purged', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await database.close()
    const replies = await openConnection(join(database.folder, 'orders-replies.db'), testKey, () => undefined)
    await replies.write(() => replies.run('UPDATE replies SET merged = 0'))
    replies.close()
    await using again = await openTestDatabase({ folder: database.folder })
    expect(await again.call('replies.listUnmerged', {})).toEqual([])
    expect(await again.call('replies.purge', { before: noon + 1 })).toEqual({ purged: 1 })
  })

  it('in the middle of forgetting an account, the rest of it goes at the next start', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(20))
    await database.close()
    const file = join(database.folder, 'orders.db')
    const orders = await openConnection(file, testKey, () => undefined)
    await orders.write(() => orders.run('UPDATE accounts SET forgotten = 1'))
    orders.close()
    const left = async () => {
      const again = await openTestDatabase({ folder: database.folder })
      expect(await again.call('orders.counts', filter)).toMatchObject({ total: 0 })
      await again.close()
      const closed = await openConnection(file, testKey, () => undefined)
      const [counts] = closed.tuples(
        `SELECT (SELECT count(*) FROM orders), (SELECT count(*) FROM accounts), (SELECT count(*) FROM attempts)`,
      )
      closed.close()
      return counts
    }
    // Clearing up is not waited for, so a start may end before it does; the next one goes on.
    await expect.poll(left, { timeout: 20_000 }).toEqual([0, 0, 1])
  })

  it('while a reply is coming in, the request is open and the reply is not merged', async () => {
    await using database = await openTestDatabase()
    const { attemptId } = await ask(database)
    const { replyId } = await database.call('replies.begin', { attemptId, at: noon, httpStatus: 200, contentType: '' })
    await database.call('replies.append', { replyId, chunk: Buffer.from('{"code":200,"data":[') })
    await database.crash()
    await using again = await openTestDatabase({ folder: database.folder })
    expect(await again.call('replies.listUnmerged', {})).toEqual([])
    expect(await openRequests(again)).toHaveLength(1)
  })
})

describe.runIf(process.platform === 'linux')('with no room left', () => {
  it('a merge fails as diskFull, writes nothing, and works once there is room', async () => {
    await using database = await openTestDatabase()
    const replyId = await receive(database, await ask(database), replyOf(elements(3_000)))
    limitFileSize(database, 300_000)
    const merge = () => database.call('replies.merge', { replyId, at: noon })
    await expect(merge()).rejects.toMatchObject({ code: 'diskFull' })
    expect(await database.call('orders.counts', filter)).toMatchObject({ total: 0 })
    limitFileSize(database, 'unlimited')
    expect(await merge()).toMatchObject({ new: 3_000 })
  })

  it('a reply that cannot be kept is not called received, and its request stays open', async () => {
    await using database = await openTestDatabase()
    const { attemptId, runId } = await ask(database)
    const { replyId } = await database.call('replies.begin', { attemptId, at: noon, httpStatus: 200, contentType: '' })
    limitFileSize(database, 100_000)
    const random = crypto.getRandomValues(new Uint8Array(60_000))
    for (let piece = 0; piece < 8; piece += 1) await database.call('replies.append', { replyId, chunk: random })
    await expect(database.call('replies.finish', { replyId, at: noon })).rejects.toMatchObject({ code: 'diskFull' })
    limitFileSize(database, 'unlimited')
    await database.call('replies.abandon', { replyId, at: noon, error: 'diskFull' })
    await database.call('runs.end', { runId, at: noon, outcome: 'open', complete: false, said: null, error: null })
    expect(await openRequests(database)).toHaveLength(1)
    expect(await database.call('replies.listUnmerged', {})).toEqual([])
  })

  it.runIf(process.getuid?.() === 0)('a full file system does the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'haoka-full-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder])
    try {
      await using database = await openTestDatabase({ folder })
      await pull(database, [element({ order_sn: 'A1' })])
      const replyId = await receive(database, await ask(database), replyOf(elements(5_000)))
      const merge = database.call('replies.merge', { replyId, at: noon })
      await expect(merge).rejects.toMatchObject({ code: 'diskFull' })
      expect(await database.call('orders.counts', filter)).toMatchObject({ total: 1 })
      await database.crash()
      execFileSync('mount', ['-o', 'remount,size=60m', folder])
      await using again = await openTestDatabase({ folder })
      expect(await again.call('replies.merge', { replyId, at: noon })).toMatchObject({ new: 5_000 })
    } finally {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    }
  })
})

import { randomBytes } from 'node:crypto'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestDatabase } from '../../support/database.ts'
import { account, ask, element, noon, receive, replyOf } from '../../support/sync-steps.ts'

describe('raw replies', () => {
  it('stores what came in pieces of any size and gives it back whole, over character borders', async () => {
    await using database = await openTestDatabase()
    const { attemptId } = await ask(database)
    const bytes = Buffer.from(JSON.stringify(replyOf([element({ goods_name: '星卡𠮷套餐' })])))
    const begun = { attemptId, at: noon, httpStatus: 200, contentType: '' }
    const { replyId } = await database.call('replies.begin', begun)
    for (const byte of bytes) await database.call('replies.append', { replyId, chunk: Uint8Array.of(byte) })
    expect(await database.call('replies.finish', { replyId, at: noon })).toEqual({ bytes: bytes.length })
    await database.call('replies.merge', { replyId, at: noon })
    const [found] = await database.call('orders.byNumber', { accountId: account, orderNo: '20261124000001' })
    expect(found?.row.productName).toBe('星卡𠮷套餐')
  })

  it('keeps what came of a reply that was cut off, never merges it, and leaves its request open', async () => {
    await using database = await openTestDatabase()
    const { attemptId, runId } = await ask(database)
    const { replyId } = await database.call('replies.begin', { attemptId, at: noon, httpStatus: 200, contentType: '' })
    await database.call('replies.append', { replyId, chunk: randomBytes(100) })
    await database.call('replies.abandon', { replyId, at: noon, error: 'network' })
    await expect(database.call('replies.merge', { replyId, at: noon })).rejects.toMatchObject({ code: 'internal' })
    await database.call('runs.end', { runId, at: noon, outcome: 'open', complete: false, said: null, error: null })
    expect(await database.call('requests.listOpen', { accountId: account })).toHaveLength(1)
    expect(await database.call('replies.listUnmerged', {})).toEqual([])
    expect(await database.call('replies.purge', { before: noon + 1 })).toEqual({ purged: 1 })
  })

  it('stops at the bound', async () => {
    await using database = await openTestDatabase()
    const { attemptId } = await ask(database)
    const { replyId } = await database.call('replies.begin', { attemptId, at: noon, httpStatus: 200, contentType: '' })
    const chunk = new Uint8Array(1_048_576)
    for (let megabytes = 0; megabytes < 512; megabytes += 1) await database.call('replies.append', { replyId, chunk })
    const append = database.call('replies.append', { replyId, chunk: Uint8Array.of(1) })
    await expect(append).rejects.toMatchObject({ code: 'tooLarge' })
    await database.call('replies.abandon', { replyId, at: noon, error: 'tooLarge' })
  })

  it('gives the space of what is purged back to the disk', async () => {
    await using database = await openTestDatabase()
    const noise = { code: 200, data: [], debug: randomBytes(3_000_000).toString('hex') }
    const replyId = await receive(database, await ask(database), noise)
    await database.call('replies.merge', { replyId, at: noon })
    await database.call('replies.purge', { before: noon + 1 })
    await database.close()
    expect(statSync(join(database.folder, 'orders-replies.db')).size).toBeLessThan(200_000)
  })

  it('purges what began before and is merged, and never what still waits to be merged', async () => {
    await using database = await openTestDatabase()
    const waiting = await receive(database, await ask(database), replyOf([element()]))
    expect(await database.call('replies.purge', { before: noon + 1 })).toEqual({ purged: 0 })
    await database.call('replies.merge', { replyId: waiting, at: noon })
    expect(await database.call('replies.purge', { before: noon })).toEqual({ purged: 0 })
    expect(await database.call('replies.purge', { before: noon + 1 })).toEqual({ purged: 1 })
  })
})

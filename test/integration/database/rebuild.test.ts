import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { MappingRules } from '#shared/contract/mapping.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { ownOrders } from '../../support/mapping.ts'
import { day, details, one, rerun, save, told } from '../../support/rerun.ts'
import { account, element, elements, noon, pull, type Element } from '../../support/sync-steps.ts'

const words = (found: Awaited<ReturnType<typeof one>>) =>
  found?.changes.map(({ from, to }) => [from?.word ?? null, to.word])

/** Lowers (or lifts) the size that the running process may make a file; writing beyond it fails as on a full disk. */
function limitFileSize(database: TestDatabase, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', [`--pid=${database.pid}`, `--fsize=${bytes}:unlimited`])
}

/** Two phones and two statuses, of which the app takes the wrong ones. */
function misread(changes: Partial<Element> = {}): Element {
  return element({
    mobile: '13911112222',
    tel_b: '13800138000',
    zt: '待审核',
    status: null,
    status_name: '归档',
    ...changes,
  })
}

const corrected: Partial<MappingRules> = { fields: { phone: ['tel_b'], production: ['zt'] } }

describe('a re-run', () => {
  it('makes of the raw replies what they would have become by the new rules from the start', async () => {
    const lives = [
      [misread(), misread({ order_sn: 'A2', zt: '开卡中' })],
      [misread({ zt: '开卡中' }), misread({ order_sn: 'A3', tel_b: '13800138003' })],
      [misread({ zt: '已发货', tracking_number: 'SF1000000001' }), misread({ order_sn: 'A2', zt: '已取消' })],
    ]
    await using late = await openTestDatabase()
    for (const [index, life] of lives.entries()) await pull(late, life, { at: noon + index * day })
    const before = await details(late)
    await save(late, corrected)
    const result = await rerun(late)
    expect(result).toMatchObject({
      replies: 3,
      originals: 0,
      orders: 3,
      added: 0,
      changed: 3,
      removed: 0,
      unreadable: 0,
    })
    expect((await late.call('mapping.get', ownOrders)).rerunDue).toBe(false)

    await using early = await openTestDatabase()
    await save(early, corrected)
    for (const [index, life] of lives.entries()) await pull(early, life, { at: noon + index * day })
    expect(await told(late)).toEqual(await told(early))
    expect((await details(late)).map(({ row }) => row.id)).toEqual(before.map(({ row }) => row.id))
  })

  it('changes nothing where no rule changes anything, not even the ids of history', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(30), { at: noon })
    await pull(database, elements(30, { status: 550, status_name: '已发货' }), { at: noon + day })
    const before = await details(database)
    expect(await rerun(database)).toMatchObject({ replies: 2, orders: 30, added: 0, changed: 0, removed: 0 })
    expect(await details(database)).toEqual(before)
  })

  it('makes orders of unreadable items that the new rules can read, and keeps their reply no longer for ever', async () => {
    await using database = await openTestDatabase()
    const nameless = { beleg: 'B-77', id_name: '张小三', goods_name: '星卡29元', status: 200 }
    await pull(database, [element(), nameless], { at: noon })
    await save(database, { fields: { orderNo: ['order_sn', 'beleg'] } })
    expect(await rerun(database)).toMatchObject({ added: 1, unreadable: 0, orders: 2 })
    expect((await one(database, 'B-77'))?.changes).toHaveLength(1)
    expect((await database.call('mapping.unreadable', { ...ownOrders, start: 0, count: 10, reveal: true })).total).toBe(
      0,
    )
    expect(await database.call('replies.purge', { before: noon + 1 })).toEqual({ purged: 1 })
  })

  it('gives orders other numbers where the rules say so, and leaves none under the old', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(5), { at: noon })
    const ids = (await details(database)).map(({ row }) => row.id).toSorted()
    await save(database, { fields: { orderNo: ['out_trade_no'], ownNo: ['order_sn'] } })
    expect(await rerun(database)).toMatchObject({ added: 0, removed: 0, changed: 5, orders: 5 })
    expect((await details(database)).map(({ row }) => row.id).toSorted()).toEqual(ids)
    expect((await details(database)).map(({ row }) => [row.orderNo, row.ownNo])).toContainEqual([
      'W000001',
      '20261124000001',
    ])
  })

  it('leaves the other order type and other accounts alone', async () => {
    await using database = await openTestDatabase()
    await pull(database, [misread()], { at: noon })
    await pull(database, [misread()], { at: noon, type: 'distributor' })
    await save(database, corrected)
    await rerun(database)
    const found = await database.call('orders.byNumber', { accountId: account, orderNo: '20261124000001' })
    expect(found.map(({ row }) => [row.type, row.phone])).toEqual([
      ['own', '13800138000'],
      ['distributor', '13911112222'],
    ])
  })

  it('is one at a time', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(200), { at: noon })
    const first = rerun(database)
    await expect(rerun(database)).rejects.toMatchObject({ code: 'rerunRunning' })
    await first
  })
})

describe('a re-run over sources that have expired', () => {
  it('rebuilds from the stored original, and keeps every entry of a history that has no source any more', async () => {
    await using database = await openTestDatabase()
    await pull(database, [misread({ status_name: '待审核' })], { at: noon })
    await pull(database, [misread({ status_name: '已发货' })], { at: noon + day })
    await database.call('replies.purge', { before: noon + 2 * day })
    await save(database, {
      fields: { phone: ['tel_b'] },
      words: [{ axis: 'production', word: '已发货', means: 'settled' }],
    })
    expect(await rerun(database)).toMatchObject({ replies: 0, originals: 1, orders: 1, removed: 0, changed: 1 })
    const found = await one(database)
    expect(found?.row).toMatchObject({
      phone: '13800138000',
      stage: 'settled',
      firstSeenAt: noon,
      changedAt: noon + day,
    })
    expect(words(found)).toEqual([
      ['待审核', '已发货'],
      [null, '待审核'],
    ])
  })

  it('takes back what a wrong mapping had read, and keeps what only an expired reply had told', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ remark: '请尽快', mobile: '13911112222' })], { at: noon })
    await pull(database, [element({ remark: null, mobile: '13911112222' })], { at: noon + day })
    await database.call('replies.purge', { before: noon + 2 * day })
    await save(database, { fields: { phone: [] } })
    await rerun(database)
    expect((await one(database))?.row).toMatchObject({ phone: null, remark: '请尽快' })
  })

  it('puts what is read again between and after the entries that stay', async () => {
    await using database = await openTestDatabase()
    await pull(database, [misread({ status_name: '待审核', zt: '待审核', remark: '旧' })], { at: noon })
    await pull(database, [misread({ status_name: '归档', zt: '开卡中', remark: null })], { at: noon + 10 * day })
    await pull(database, [misread({ status_name: '归档', zt: '已发货', remark: null })], { at: noon + 11 * day })
    await database.call('replies.purge', { before: noon + day })
    await save(database, corrected)
    expect(await rerun(database)).toMatchObject({ replies: 2, originals: 1, orders: 1 })
    const found = await one(database)
    expect(words(found)).toEqual([
      ['开卡中', '已发货'],
      ['待审核', '开卡中'],
      [null, '待审核'],
    ])
    expect(found?.row).toMatchObject({ stage: 'shipped', phone: '13800138000', remark: '旧', firstSeenAt: noon })
  })

  it('never removes an order, even where its number moves', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(5), { at: noon })
    await database.call('replies.purge', { before: noon + 1 })
    await pull(database, elements(7), { at: noon + day })
    const ids = new Set((await details(database)).map(({ row }) => row.id))
    await save(database, { fields: { orderNo: ['out_trade_no'] } })
    expect(await rerun(database)).toMatchObject({ originals: 5, orders: 7, added: 0, removed: 0 })
    const after = await details(database)
    expect(after.every(({ row }) => row.orderNo.startsWith('W'))).toBe(true)
    expect(after.every(({ row }) => ids.has(row.id))).toBe(true)
    expect(after.filter(({ changes }) => changes.length === 1)).toHaveLength(7)
  })
})

describe('an early end of a re-run', () => {
  async function large(): Promise<TestDatabase> {
    const database = await openTestDatabase()
    for (let index = 0; index < 6; index += 1)
      await pull(
        database,
        elements(400, { mobile: '13911112222', tel_b: '13800138000', status: [200, 550][index % 2]! }),
        {
          at: noon + index * day,
        },
      )
    await save(database, { fields: { phone: ['tel_b'] } })
    return database
  }

  it.each(['reading', 'swapping'] as const)(
    'by kill -9 while %s leaves the old, and the next one does all',
    async (phase) => {
      const database = await large()
      const before = await told(database)
      const reached = Promise.withResolvers<void>()
      const ended = rerun(database, (progress) => {
        if (progress.phase === phase && (phase === 'swapping' || progress.done >= 2)) reached.resolve()
      }).catch((error: unknown) => error)
      await reached.promise
      await database.crash()
      await ended
      await using again = await openTestDatabase({ folder: database.folder })
      const after = await told(again)
      // Killed at the swap, it is the old or the new, and nothing in between.
      const isNew = after[0]?.row.phone === '13800138000'
      if (isNew) expect(after.every(({ row }) => row.phone === '13800138000')).toBe(true)
      else expect(after).toEqual(before)
      if (phase === 'reading') expect(isNew).toBe(false)
      expect(readdirSync(database.folder).filter((name) => name.includes('rebuild'))).toEqual([])
      await rerun(again)
      expect((await told(again)).every(({ row }) => row.phone === '13800138000')).toBe(true)
      await database[Symbol.asyncDispose]()
    },
  )

  it('by the merchant leaves the old, and nothing beside it', async () => {
    await using database = await large()
    const before = await told(database)
    const abort = new AbortController()
    const ended = rerun(
      database,
      ({ phase, done }) => void (phase === 'reading' && done >= 2 && abort.abort()),
      abort.signal,
    )
    await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
    expect(await told(database)).toEqual(before)
    expect((await database.call('mapping.get', ownOrders)).rerunDue).toBe(true)
    expect(existsSync(join(database.folder, 'orders.db.rebuild'))).toBe(false)
  })
})

describe('a full disk during a re-run', () => {
  it('leaves the old, says so, and a later one succeeds', async () => {
    await using database = await openTestDatabase()
    for (let index = 0; index < 3; index += 1)
      await pull(database, elements(800, { mobile: '13911112222', tel_b: '13800138000' }), { at: noon + index * day })
    await save(database, { fields: { phone: ['tel_b'] } })
    const before = await told(database)
    limitFileSize(database, 300_000)
    await expect(rerun(database)).rejects.toMatchObject({ code: 'diskFull' })
    limitFileSize(database, 'unlimited')
    expect(await told(database)).toEqual(before)
    await rerun(database)
    expect((await told(database)).every(({ row }) => row.phone === '13800138000')).toBe(true)
  })
})

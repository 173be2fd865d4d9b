import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { ownOrders } from '../../support/mapping.ts'
import { pushed, receivePush } from '../../support/pushes.ts'
import { byNumber, day, details, everyOrder, one, rerun, save, told } from '../../support/rerun.ts'
import {
  account,
  ask,
  element,
  elements,
  noon,
  pull,
  receive,
  replyOf,
  type Element,
} from '../../support/sync-steps.ts'

describe('a re-run over pushes', () => {
  it('keeps what was pushed, in the order and in its history, and reads the pull again beneath it', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ mobile: '13911112222', tel_b: '13800138000' })], { at: noon })
    await receivePush(database, pushed({ is_activated: '1' }), { at: noon + 5_000 })
    const before = await one(database)
    await save(database, { fields: { phone: ['tel_b'] } })
    expect(await rerun(database)).toMatchObject({ originals: 1, orders: 1, removed: 0 })
    const after = await one(database)
    expect(after?.row).toMatchObject({
      phone: '13800138000',
      stage: 'activated',
      status: '550',
      trackingNo: 'SF1000000000001',
    })
    expect(after?.changes.map(({ axis, to, pushed: byPush }) => [axis, to.code, byPush])).toEqual(
      before?.changes.map(({ axis, to, pushed: byPush }) => [axis, to.code, byPush]),
    )
  })

  /** Re-runs, and pushes once the orders that replies do not explain have been looked at. */
  async function pushMeanwhile(database: TestDatabase, push: Record<string, string>) {
    const begun = Promise.withResolvers<void>()
    const ended = rerun(database, ({ phase }) => void (phase === 'reading' && begun.resolve()))
    await begun.promise
    await receivePush(database, pushed(push), { at: noon + 9 * day })
    return ended
  }

  async function fivePulls(database: TestDatabase, changes: Partial<Element> = {}): Promise<void> {
    const misreads = { mobile: '13911112222', tel_b: '13800138000', ...changes }
    for (let index = 0; index < 5; index += 1) await pull(database, elements(300, misreads), { at: noon + index * day })
  }

  it('reads an order by the new rules to which a push comes meanwhile, push and all', async () => {
    await using database = await openTestDatabase()
    await fivePulls(database)
    await save(database, { fields: { phone: ['tel_b'] } })
    await pushMeanwhile(database, { is_activated: '1' })
    const late = await one(database)
    expect(late?.row).toMatchObject({ stage: 'activated', phone: '13800138000', trackingNo: 'SF1000000000001' })
    expect(late?.changes.filter(({ pushed: byPush }) => byPush).map(({ axis }) => axis)).toContain('activation')
    expect((await database.call('mapping.get', ownOrders)).rerunDue).toBe(false)
    const before = await details(database)
    expect(await rerun(database)).toMatchObject({ changed: 0, added: 0, removed: 0 })
    expect(await details(database)).toEqual(before)
  })

  it('takes a push along that was there before and another that comes meanwhile', async () => {
    await using database = await openTestDatabase()
    await fivePulls(database)
    await receivePush(database, pushed(), { at: noon + 8 * day })
    await save(database, { fields: { phone: ['tel_b'] } })
    await pushMeanwhile(database, { is_activated: '1' })
    expect((await one(database))?.row).toMatchObject({ stage: 'activated', phone: '13800138000' })
    expect((await database.call('mapping.get', ownOrders)).rerunDue).toBe(false)
  })

  it('makes no second order of one whose number moves while a push comes to it', async () => {
    await using database = await openTestDatabase()
    await fivePulls(database)
    await save(database, { fields: { orderNo: ['out_trade_no'], ownNo: ['order_sn'] } })
    expect(await pushMeanwhile(database, { is_activated: '1' })).toMatchObject({ orders: 300, added: 0, removed: 0 })
    expect((await one(database, 'W000001'))?.row).toMatchObject({ stage: 'activated', trackingNo: 'SF1000000000001' })
    expect(await one(database)).toBeUndefined()
  })

  it('keeps an order that the new rules no longer see where a push comes to it meanwhile, and says that a re-run is due', async () => {
    await using database = await openTestDatabase()
    await fivePulls(database, { beleg: null })
    await pull(database, [element({ order_sn: 'B', out_trade_no: 'W-B', beleg: 'B-1' })], { at: noon + 6 * day })
    await save(database, { fields: { orderNo: ['beleg'] } })
    expect(await pushMeanwhile(database, { is_activated: '1' })).toMatchObject({ orders: 2, removed: 299 })
    expect((await one(database))?.row).toMatchObject({ stage: 'activated' })
    expect((await database.call('mapping.get', ownOrders)).rerunDue).toBe(true)
    await rerun(database)
    expect((await one(database))?.row).toMatchObject({ stage: 'activated' })
    expect((await database.call('mapping.get', ownOrders)).rerunDue).toBe(false)
  })

  it('finds the order of a push that waited for a number which only the new rules read', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ out_trade_no: null, beleg: 'W000001' })], { at: noon })
    await receivePush(database, pushed({ is_activated: '1' }), { at: noon + day })
    expect((await one(database))?.row.stage).not.toBe('activated')
    await save(database, { fields: { ownNo: ['beleg'] } })
    await rerun(database)
    expect((await one(database))?.row).toMatchObject({ stage: 'activated', ownNo: 'W000001' })
    expect((await database.call('pushes.counts', { accountId: account })).unmatched).toBe(0)
  })
})

describe('the swap at the end of a re-run', () => {
  const orders = 3_000
  const seen = (found: Awaited<ReturnType<typeof details>>) => [...new Set(found.map(({ row }) => row.phone))]

  async function large(): Promise<TestDatabase> {
    const database = await openTestDatabase()
    await pull(database, elements(orders, { mobile: '13911112222', tel_b: '13800138000' }), { at: noon })
    await save(database, { fields: { phone: ['tel_b'] } })
    return database
  }

  it('lets queries have their turn, which see all of the old until they see all of the new', async () => {
    await using database = await large()
    const answers: Promise<{ phones: (string | null)[]; ended: boolean }>[] = []
    let ended = false
    await rerun(database, ({ phase, done, total }) => {
      if (phase !== 'swapping' || done === 0 || done === total) return
      const input = { filter: everyOrder, sort: byNumber, start: orders - 500, count: 500, reveal: true }
      const answer = database.call('orders.window', input)
      answers.push(answer.then(({ rows }) => ({ phones: [...new Set(rows.map(({ phone }) => phone))], ended })))
    })
    ended = true
    const told = await Promise.all(answers)
    const meanwhile = told.filter((answer) => !answer.ended)
    expect(meanwhile.length, 'answered before the end').toBeGreaterThan(5)
    for (const { phones } of told) expect(phones).toHaveLength(1)
    expect(told[0]?.phones).toEqual(['13911112222'])
    expect(seen(await details(database))).toEqual(['13800138000'])
  })

  it('leaves the old where it is cancelled in the middle', async () => {
    await using database = await large()
    const abort = new AbortController()
    const ended = rerun(
      database,
      ({ phase, done }) => void (phase === 'swapping' && done > 500 && abort.abort()),
      abort.signal,
    )
    await expect(ended).rejects.toMatchObject({ code: 'cancelled' })
    expect(seen(await details(database))).toEqual(['13911112222'])
    await rerun(database)
    expect(seen(await details(database))).toEqual(['13800138000'])
  })

  it('leaves nothing of a long log for later writes to move', async () => {
    await using database = await large()
    await rerun(database)
    const moved = readFileSync(join(database.folder, 'orders.db'))
    await database.crash()
    rmSync(join(database.folder, 'orders.db-wal'))
    expect(readFileSync(join(database.folder, 'orders.db')).equals(moved)).toBe(true)
    await using again = await openTestDatabase({ folder: database.folder })
    expect(seen(await details(again))).toEqual(['13800138000'])
  })
})

describe('what arrives during a re-run', () => {
  it('is in the new orders too, and waits for nothing', async () => {
    await using database = await openTestDatabase()
    for (let index = 0; index < 6; index += 1)
      await pull(database, elements(300, { mobile: '13911112222', tel_b: '13800138000' }), { at: noon + index * day })
    await save(database, { fields: { phone: ['tel_b'] } })
    const begun = Promise.withResolvers<void>()
    const ended = rerun(database, ({ phase }) => void (phase === 'reading' && begun.resolve()))
    await begun.promise
    const moved = [element({ status: 550, status_name: '已发货', mobile: '13911112222', tel_b: '13800138000' })]
    const asked = await ask(database, { at: noon + 8 * day })
    const replyId = await receive(
      database,
      asked,
      replyOf([...moved, element({ order_sn: 'NEW', tel_b: '13800138009' })]),
    )
    expect(await database.call('replies.merge', { replyId, at: asked.at })).toMatchObject({ new: 1, changed: 1 })
    const result = await ended
    expect(result).toMatchObject({ orders: 301, removed: 0 })
    expect((await one(database))?.row).toMatchObject({ status: '已发货', phone: '13800138000' })
    expect((await one(database, 'NEW'))?.row.phone).toBe('13800138009')
    const all = await told(database)
    expect(all.every(({ row }) => row.phone?.startsWith('138001380') === true)).toBe(true)
    expect((await one(database))?.changes).toHaveLength(2)
  })
})

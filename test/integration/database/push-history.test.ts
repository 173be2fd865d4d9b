import { describe, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { pushed, receivePush } from '../../support/pushes.ts'
import { account, ask, element, noon, pull, receive, replyOf } from '../../support/sync-steps.ts'

const orderNo = '20261124000001'

async function order(database: TestDatabase, number = orderNo) {
  return (await database.call('orders.byNumber', { accountId: account, orderNo: number }))[0]
}

describe('the history of an order to which pushes and pulls told different things', () => {
  const told = async (database: TestDatabase) =>
    ((await order(database))?.changes ?? [])
      .toReversed()
      .filter(({ axis }) => axis === 'production')
      .map(
        ({ from, to, pushed }) => `${from?.word ?? from?.code ?? ''} → ${to.word ?? to.code}${pushed ? ' pushed' : ''}`,
      )
  const opening = element({ status: 470, status_name: '开卡中' })

  it('holds what a reply said that had come before a push and is merged after it', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const asked = await ask(database, { at: noon + 1_000 })
    const replyId = await receive(database, asked, replyOf([opening]))
    await receivePush(database, pushed(), { at: noon + 2_000 })
    expect(await database.call('replies.merge', { replyId, at: noon + 3_000 })).toMatchObject({ changed: 1 })
    expect(await told(database)).toEqual([' → 待审核', '待审核 → 开卡中', '开卡中 → 550 pushed'])
    expect((await order(database))?.row).toMatchObject({ status: '550', stage: 'shipped', backward: false })
  })

  it("holds what a pull said that is older than a push by the upstream's own time, before the push", async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ update_time: '2026-11-24 11:00:00' })])
    await receivePush(database, pushed({ update_time: '2026-11-24 11:30:00' }), { at: noon + 1_000 })
    const stale = { ...opening, update_time: '2026-11-24 11:10:00' }
    for (const at of [noon + 2_000, noon + 3_000]) await pull(database, [stale], { at })
    expect(await told(database)).toEqual([' → 待审核', '待审核 → 开卡中', '开卡中 → 550 pushed'])
    expect((await order(database))?.row).toMatchObject({ status: '550', backward: false })
  })

  it("holds a push that is older than others by the upstream's own time in its place", async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ update_time: '2026-11-24 11:00:00' })])
    await receivePush(database, pushed({ update_time: '2026-11-24 11:30:00' }), { at: noon + 1_000 })
    await receivePush(database, pushed({ status: '500', update_time: '2026-11-24 11:20:00' }), { at: noon + 2_000 })
    expect(await told(database)).toEqual([' → 待审核', '待审核 → 500 pushed', '500 → 550 pushed'])
    expect((await order(database))?.row.status).toBe('550')
  })

  it('tells of no way there and back where the push had nothing new to say', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ status: 550, status_name: '' })])
    await receivePush(database, pushed({ update_time: '2026-11-24 11:30:00' }), { at: noon + 1_000 })
    await pull(database, [{ ...opening, update_time: '2026-11-24 11:10:00' }], { at: noon + 2_000 })
    expect(await told(database)).toEqual([' → 550'])
  })

  it('keeps the time at which a state was first seen when an older push tells of it again', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ update_time: '2026-11-24 11:00:00' })])
    await pull(database, [{ ...opening, update_time: '2026-11-24 11:40:00' }], { at: noon + 1_000 })
    const again = { order_no: orderNo, status: '470', update_time: '2026-11-24 11:39:00' }
    await receivePush(database, again, { at: noon + 60_000 })
    expect(((await order(database))?.changes ?? []).map(({ seenAt }) => seenAt)).toEqual([noon + 1_000, noon])
  })

  it('is the same after a rebuild from the replies', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ update_time: '2026-11-24 11:00:00' })])
    await receivePush(database, pushed({ update_time: '2026-11-24 11:30:00' }), { at: noon + 1_000 })
    await pull(database, [{ ...opening, update_time: '2026-11-24 11:10:00' }], { at: noon + 2_000 })
    const before = await told(database)
    await database.call('mapping.rerun', { accountId: account, type: 'own' })
    expect(await told(database)).toEqual(before)
  })
})

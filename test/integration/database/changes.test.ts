import { describe, expect, it, vi } from 'vitest'
import type { ChangesFilter, FeedChange, FeedPlace } from '#shared/contract/changes.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { ownOrders, rules } from '../../support/mapping.ts'
import { pushed, receivePush } from '../../support/pushes.ts'
import { account, element, elements, noon, pull, type Steps } from '../../support/sync-steps.ts'

vi.setConfig({ testTimeout: 60_000 })

const minute = 60_000
const everything: ChangesFilter = {
  accountId: account,
  type: null,
  axis: null,
  from: null,
  to: null,
  backward: false,
}

async function page(
  database: TestDatabase,
  filter: Partial<ChangesFilter> = {},
  { after = null, count = 200, reveal = false }: { after?: FeedPlace | null; count?: number; reveal?: boolean } = {},
) {
  return database.call('changes.page', { filter: { ...everything, ...filter }, after, count, reveal })
}

const told = ({ changes }: { changes: FeedChange[] }) =>
  changes.map(({ order, axis, from, to }) => `${order.orderNo.slice(-2)} ${axis} ${from?.word}→${to.word}`)

const waiting = { status: 200, status_name: '待审核' }
const opening = { status: 470, status_name: '开卡中' }
const shipped = { status: 550, status_name: '已发货' }
const failed = { status: -460, status_name: '开卡失败' }

/** Two orders that move on, one a minute. */
async function moved(database: TestDatabase, steps: Steps = {}): Promise<void> {
  const two = { order_sn: '20261124000002', out_trade_no: 'W000002' }
  const states = [
    [waiting, waiting],
    [opening, waiting],
    [shipped, opening],
    [shipped, failed],
    [shipped, opening],
  ] as const
  for (const [index, [one, other]] of states.entries())
    await pull(database, [element(one), element({ ...two, ...other })], { ...steps, at: noon + index * minute })
}

const all = [
  '02 production 开卡失败→开卡中',
  '02 production 开卡中→开卡失败',
  '02 production 待审核→开卡中',
  '01 production 开卡中→已发货',
  '01 production 待审核→开卡中',
]

describe('the feed of changes', () => {
  it('tells every change, newest first, with its order, and nothing of what was seen for the first time', async () => {
    await using database = await openTestDatabase()
    await moved(database)
    const found = await page(database)
    expect(told(found).toSorted()).toEqual(all.toSorted())
    expect(found.changes.map(({ seenAt }) => seenAt)).toEqual([4, 3, 2, 2, 1].map((minutes) => noon + minutes * minute))
    expect(found.next).toBeNull()
    expect(found.changes[0]).toMatchObject({
      backward: true,
      pushed: false,
      stage: 'processing',
      order: { type: 'own', productName: '电信星卡29元', customerName: '张**', phone: '138****8000' },
    })
    const { changes } = await page(database, {}, { reveal: true })
    expect(changes[0]?.order).toMatchObject({ customerName: '张小三', phone: '13800138000' })
  })

  it('is filtered by order type, by axis, by what moved from where to where, and by backward moves', async () => {
    await using database = await openTestDatabase()
    await moved(database)
    const cases: [Partial<ChangesFilter>, (string | undefined)[]][] = [
      [{ axis: 'production' }, all],
      [{ axis: 'activation' }, []],
      [{ axis: 'production', to: '开卡中' }, [all[0], all[2], all[4]]],
      [{ axis: 'production', from: '待审核' }, [all[2], all[4]]],
      [{ axis: 'production', from: '开卡中', to: '已发货' }, [all[3]]],
      [{ from: '开卡失败' }, [all[0]]],
      [{ to: '没有过' }, []],
      [{ backward: true }, [all[0]]],
      [{ axis: 'production', backward: true }, [all[0]]],
      [{ type: 'own' }, all],
      [{ type: 'distributor' }, []],
      [{ accountId: 'account-2' }, []],
    ]
    for (const [filter, expected] of cases)
      expect(told(await page(database, filter)).toSorted(), JSON.stringify(filter)).toEqual(expected.toSorted())
  })

  it('is paged by keys: every change once, whatever comes in meanwhile, with and without a filter', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(60))
    await pull(database, elements(60, opening), { at: noon + minute })
    await pull(database, elements(60, shipped), { at: noon + 2 * minute })
    for (const filter of [{}, { axis: 'production' }, { type: 'own' }] as Partial<ChangesFilter>[]) {
      const seen: number[] = []
      let after: FeedPlace | null = null
      do {
        const found: Awaited<ReturnType<typeof page>> = await page(database, filter, { after, count: 7 })
        seen.push(...found.changes.map(({ id }) => id))
        after = found.next
        if (seen.length === 21)
          await pull(database, [element({ order_sn: '20261124000001', ...failed })], { at: noon + 3 * minute })
      } while (after !== null)
      expect(new Set(seen).size).toBe(seen.length)
      expect(seen.length).toBeGreaterThanOrEqual(120)
    }
  })

  it('begins at any moment', async () => {
    await using database = await openTestDatabase()
    await moved(database)
    const found = await page(database, {}, { after: { seenAt: noon + 2 * minute, id: 0 } })
    expect(told(found)).toEqual([all[4]])
  })

  it('tells what was pushed, and the moves that can be chosen', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element(opening)])
    await receivePush(database, pushed({ status: '550', is_activated: '1' }), { at: noon + minute })
    const { changes } = await page(database, { axis: 'production' })
    expect(changes).toMatchObject([{ pushed: true, to: { code: '550' } }])
    const transitions = await database.call('changes.transitions', { accountId: account })
    expect(transitions).toContainEqual({ axis: 'production', from: '开卡中', to: changes[0]?.to.word ?? '550' })
  })
})

describe('what was read', () => {
  const unread = async (database: TestDatabase) =>
    (await database.call('changes.unread', { accountId: account })).unread

  it('is marked one by one or all at once, and stays so over a restart', async () => {
    await using database = await openTestDatabase()
    await moved(database)
    expect(await unread(database)).toBe(5)
    const { changes } = await page(database)
    const ids = changes.slice(0, 2).map(({ id }) => id)
    expect(await database.call('changes.markRead', { accountId: account, ids })).toMatchObject({ unread: 3 })
    expect((await page(database)).changes.map((change) => change.unread)).toEqual([false, false, true, true, true])
    expect(await database.call('changes.markRead', { accountId: account, ids: null })).toMatchObject({ unread: 0 })
    await pull(database, [element(failed)], { at: noon + 10 * minute })
    expect(await unread(database)).toBe(1)
    await database.close()
    await using again = await openTestDatabase({ folder: database.folder })
    expect(await unread(again)).toBe(1)
    expect((await page(again)).changes.map((change) => change.unread)).toEqual([true, ...Array(5).fill(false)])
  })

  it('stays read when a re-run writes its history anew', async () => {
    await using database = await openTestDatabase()
    await moved(database)
    const { changes } = await page(database)
    await database.call('changes.markRead', { accountId: account, ids: changes.slice(0, 1).map(({ id }) => id) })
    // The stage stands in every entry, so each is written anew.
    const words = [{ axis: 'production', word: '开卡中', means: 'submitted' }] as const
    await database.call('mapping.save', { ...ownOrders, rules: rules({ words: [...words] }) })
    await database.call('mapping.rerun', ownOrders)
    const after = await page(database)
    expect(after.changes.map(({ id }) => id)).not.toEqual(changes.map(({ id }) => id))
    expect(told(after).toSorted()).toEqual(all.toSorted())
    expect(after.changes.map((change) => change.unread)).toEqual([false, true, true, true, true])
  })

  it('says up to when the visit before had seen everything', async () => {
    await using database = await openTestDatabase()
    await moved(database)
    const visit = async () => {
      const { visitedAt } = await database.call('changes.unread', { accountId: account })
      await database.call('changes.visit', { accountId: account })
      return visitedAt
    }
    expect(await visit()).toBeNull()
    expect(await visit()).toBe(noon + 4 * minute)
    await pull(database, [element(failed)], { at: noon + 10 * minute })
    expect(await visit()).toBe(noon + 4 * minute)
    expect(await visit()).toBe(noon + 10 * minute)
  })

  it('goes with its account', async () => {
    await using database = await openTestDatabase()
    await moved(database)
    await database.call('changes.markRead', { accountId: account, ids: null })
    await database.call('accounts.forget', { accountId: account })
    expect(told(await page(database))).toEqual([])
    await moved(database)
    expect(await unread(database)).toBe(5)
    expect(await database.call('changes.unread', { accountId: account })).toEqual({ unread: 5, visitedAt: null })
  })
})

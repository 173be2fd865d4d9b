import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { AnnotationChange } from '#shared/contract/annotations.ts'
import type { MappingRules } from '#shared/contract/mapping.ts'
import { allOrders, type OrderFilter } from '#shared/contract/order-filter.ts'
import type { OrderSort } from '#shared/contract/orders.ts'
import { openTestDatabase, testKey, type TestDatabase } from '../../support/database.ts'
import { ownOrders, rules } from '../../support/mapping.ts'
import { receivePush, pushed } from '../../support/pushes.ts'
import { account, element, elements, noon, pull } from '../../support/sync-steps.ts'
import { testAbout, upkeep } from '../../support/upkeep.ts'

vi.setConfig({ testTimeout: 120_000 })

type TextOp = Extract<OrderFilter['conditions'][number], { kind: 'text' }>['op']

const byNumber: OrderSort = { column: 'orderNo', descending: false }
const mine = { note: '客户要求周末送', addTags: ['加急'], flag: 'red' } as const
const day = 86_400_000

async function rowsOf(database: TestDatabase, filter: Partial<OrderFilter> = {}, sort = byNumber) {
  const input = { filter: { ...allOrders(account), ...filter }, sort, start: 0, count: 500, reveal: false }
  return (await database.call('orders.window', input)).rows
}

async function idOf(database: TestDatabase, orderNo = '20261124000001'): Promise<number> {
  const [found] = await database.call('orders.byNumber', { accountId: account, orderNo })
  return found?.row.id ?? 0
}

function save(database: TestDatabase, id: number, change: AnnotationChange = mine as unknown as AnnotationChange) {
  return database.call('annotations.save', { accountId: account, id, change })
}

function rerun(database: TestDatabase, decided: Partial<MappingRules>) {
  return database
    .call('mapping.save', { ...ownOrders, rules: rules(decided) })
    .then(() => database.call('mapping.rerun', ownOrders))
}

async function annotationOf(database: TestDatabase, orderNo?: string) {
  const [found] = await database.call('orders.byNumber', { accountId: account, orderNo: orderNo ?? '20261124000001' })
  return found === undefined ? null : { note: found.row.note, tags: found.row.tags, flag: found.row.flag }
}

const written = { note: mine.note, tags: ['加急'], flag: 'red' }

describe('the merchant’s own note, tags and flag', () => {
  it('are written field by field, and stand in the order’s row', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const id = await idOf(database)
    expect(await save(database, id, { note: '已电话\r\n明天回' })).toEqual({
      note: '已电话\n明天回',
      tags: [],
      flag: null,
    })
    expect(await save(database, id, { addTags: ['加急', '复核'], flag: 'red' })).toMatchObject({
      tags: ['加急', '复核'],
      flag: 'red',
    })
    const now = { note: '已电话\n明天回', tags: ['复核', '补卡'], flag: 'red' }
    expect(await save(database, id, { addTags: ['补卡'], removeTags: ['加急'] })).toEqual(now)
    expect((await rowsOf(database))[0]).toMatchObject(now)
    expect(await save(database, id, { note: '  ', removeTags: ['复核', '补卡'], flag: null })).toEqual({
      note: '',
      tags: [],
      flag: null,
    })
    expect((await rowsOf(database))[0]).toMatchObject({ note: null, tags: [], flag: null })
  })

  it('are found by the note’s own column, by a part, its beginning, the whole, and where there is none', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(3))
    const [first, second] = await rowsOf(database)
    await save(database, first?.id ?? 0, { note: '客户要求周末送' })
    await save(database, second?.id ?? 0, { note: '周末再打电话' })
    const countWhere = async (op: TextOp, value: string): Promise<number> =>
      (await rowsOf(database, { conditions: [{ kind: 'text', column: 'note', op, value }] })).length
    expect(await countWhere('contains', '周末')).toBe(2)
    expect(await countWhere('startsWith', '周末')).toBe(1)
    expect(await countWhere('equals', '客户要求周末送')).toBe(1)
    expect(await countWhere('empty', '')).toBe(1)
    expect(await countWhere('notEmpty', '')).toBe(2)
  })

  it('of two who write at once are both kept, and of one field the last', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    const id = await idOf(database)
    await Promise.all([
      save(database, id, { note: '一' }),
      save(database, id, { addTags: ['甲'] }),
      save(database, id, { addTags: ['乙'] }),
      save(database, id, { note: '二' }),
    ])
    expect(await annotationOf(database)).toEqual({ note: '二', tags: ['甲', '乙'], flag: null })
  })

  it('are refused where there is no such order, and where a tag is none', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await expect(save(database, 999)).rejects.toMatchObject({ code: 'orderNotFound' })
    const id = await idOf(database)
    for (const tag of ['', ' ', '两个,标签', '换\n行', '长'.repeat(25)])
      await expect(save(database, id, { addTags: [tag] }), JSON.stringify(tag)).rejects.toMatchObject({
        code: 'invalidInput',
      })
    await expect(
      database.call('annotations.save', { accountId: 'account-2', id, change: { note: '别人的' } }),
    ).rejects.toMatchObject({ code: 'orderNotFound' })
  })

  it('are set for everything that a filter shows but some, and the tags in use are counted', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(2_500))
    const [first, second] = await rowsOf(database)
    const progress: number[] = []
    const marked = await database.call(
      'annotations.mark',
      {
        filter: { ...allOrders(account), only: { allBut: [second?.id ?? 0] } },
        change: { addTags: ['回访'], flag: 'blue' },
      },
      { onProgress: ({ done }) => progress.push(done) },
    )
    expect(marked).toEqual({ orders: 2_499 })
    expect(progress.at(-1)).toBe(2_499)
    await database.call('annotations.mark', {
      filter: { ...allOrders(account), only: { ids: [first?.id ?? 0] } },
      change: { addTags: ['加急'], removeTags: ['回访'], flag: null },
    })
    const [one, two, three] = await rowsOf(database)
    expect([one, two, three].map((row) => [row?.tags, row?.flag])).toEqual([
      [['加急'], null],
      [[], null],
      [['回访'], 'blue'],
    ])
    expect(await database.call('annotations.tags', { accountId: account })).toEqual([
      { tag: '回访', orders: 2_498 },
      { tag: '加急', orders: 1 },
    ])
    expect(await database.call('annotations.tags', { accountId: 'account-2' })).toEqual([])
  })

  it('are filtered by, searched and sorted by, also when they have just changed', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(6))
    const ids = (await rowsOf(database)).map(({ id }) => id)
    await save(database, ids[0] ?? 0, { note: '收货人改为王五', addTags: ['改地址'], flag: 'blue' })
    await save(database, ids[1] ?? 0, { addTags: ['改地址二'], flag: 'red' })
    const found = async (filter: Partial<OrderFilter>) => (await rowsOf(database, filter)).map(({ id }) => id)
    expect(await found({ tags: ['改地址'] })).toEqual([ids[0]])
    expect(await found({ flags: ['red', 'blue'] })).toEqual(ids.slice(0, 2))
    expect(await found({ search: '王五' })).toEqual([ids[0]])
    expect(await found({ search: '改地址' })).toEqual(ids.slice(0, 2))
    await save(database, ids[0] ?? 0, { note: '', removeTags: ['改地址'], flag: 'purple' })
    await expect.poll(() => found({ search: '王五' })).toEqual([])
    expect(await found({ tags: ['改地址'] })).toEqual([])
    const flags = await rowsOf(database, {}, { column: 'flag', descending: false })
    expect(flags.slice(0, 3).map(({ flag }) => flag)).toEqual(['red', 'purple', null])
  })
})

describe('what the merchant wrote', () => {
  it('stays when a sync or a push changes its order', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await save(database, await idOf(database))
    await pull(database, [element({ status: 500, status_name: '待发货', remark: '上游备注' })], { at: noon + day })
    await receivePush(database, pushed(), { at: noon + 2 * day })
    expect(await annotationOf(database)).toEqual(written)
    expect((await rowsOf(database))[0]).toMatchObject({ remark: '上游备注', trackingNo: 'SF1000000000001' })
  })

  it('stays through a re-run, also where the order gets another number', async () => {
    await using database = await openTestDatabase()
    await pull(database, elements(3))
    await save(database, await idOf(database))
    await rerun(database, { fields: { orderNo: ['out_trade_no'] } })
    expect(await annotationOf(database, 'W000001')).toEqual(written)
    await rerun(database, { fields: { orderNo: ['order_sn'] } })
    expect(await annotationOf(database)).toEqual(written)
  })

  it('is there again when an order that a re-run took away comes back, by a re-run or by a sync', async () => {
    await using database = await openTestDatabase()
    const both = [
      element({ second_no: 'B1' }),
      element({ order_sn: '20261124000002', out_trade_no: 'W000002', second_no: '' }),
    ]
    await pull(database, both)
    await save(database, await idOf(database, '20261124000002'))
    expect(await rerun(database, { fields: { orderNo: ['second_no'] } })).toMatchObject({ removed: 1 })
    expect(await annotationOf(database, '20261124000002')).toBeNull()
    await rerun(database, { fields: { orderNo: ['order_sn'] } })
    expect(await annotationOf(database, '20261124000002')).toEqual(written)

    await rerun(database, { fields: { orderNo: ['second_no'] } })
    expect(await annotationOf(database, '20261124000002')).toBeNull()
    await database.call('mapping.save', { ...ownOrders, rules: rules({ fields: { orderNo: ['order_sn'] } }) })
    await pull(database, both, { at: noon + day })
    expect(await annotationOf(database, '20261124000002')).toEqual(written)
  })

  it('goes to the order that its own becomes one with', async () => {
    await using database = await openTestDatabase()
    await pull(database, [
      element({ group_no: 'G1' }),
      element({ order_sn: '20261124000002', out_trade_no: 'W000002', group_no: 'G1' }),
    ])
    await save(database, await idOf(database), { note: '甲', addTags: ['一'], flag: 'green' })
    await save(database, await idOf(database, '20261124000002'), { note: '乙', addTags: ['二'] })
    await database.call('replies.purge', { before: noon + day })
    await rerun(database, { fields: { orderNo: ['group_no'] } })
    expect(await annotationOf(database, 'G1')).toEqual({ note: '甲\n乙', tags: ['一', '二'], flag: 'green' })
  })

  it('is in a backup, and there again after it was restored', async () => {
    const place = mkdtempSync(join(tmpdir(), 'haoka-annotations-'))
    const other = mkdtempSync(join(tmpdir(), 'haoka-annotations-'))
    const archive = join(place, 'x.haoka-backup')
    try {
      {
        await using database = await openTestDatabase({ folder: place })
        await pull(database, [element()])
        await save(database, await idOf(database))
        await database.call('backup.write', { file: archive, about: testAbout, withReplies: true, unlessOrders: null })
      }
      await upkeep('restore.run', {
        folder: other,
        name: 'orders',
        key: testKey,
        presentKey: testKey,
        archive,
        stamp: 'replaced-20261124-120000',
        carryFrom: null,
        askAgain: [],
        at: testAbout.madeAt,
        texts: [],
      })
      await using restored = await openTestDatabase({ folder: other })
      expect(await annotationOf(restored)).toEqual(written)
    } finally {
      for (const folder of [place, other]) rmSync(folder, { recursive: true, force: true })
    }
  })

  it('goes with its account, what waits for an order too', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ second_no: '' })])
    await save(database, await idOf(database))
    await rerun(database, { fields: { orderNo: ['second_no'] } })
    await database.call('accounts.forget', { accountId: account })
    await pull(database, [element()], { at: noon + day })
    expect(await annotationOf(database)).toEqual({ note: null, tags: [], flag: null })
    expect(await database.call('annotations.tags', { accountId: account })).toEqual([])
  })
})

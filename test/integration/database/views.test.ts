import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from 'vitest'
import { beijingDay, dayMs } from '#domain/beijing-time.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import type { TodoRule } from '#shared/contract/todo-rules.ts'
import type { ViewContent } from '#shared/contract/views.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { account, element, noon, pull } from '../../support/sync-steps.ts'

const today = beijingDay(noon)
const newest = { column: 'createdAt', descending: true } as const
/** Beijing noon so many days before today. */
const daysAgo = (days: number) => `${beijingDay(noon - days * dayMs)} 12:00:00`

const shipped = { status: 550, status_name: '已发货' }
const activated = { ...shipped, is_activated: 1, active_status: 100 }
const recharged = { ...activated, is_recharged: 1, active_status: 200 }

let database: TestDatabase

async function shownBy(view: TodoRule, day = today): Promise<string[]> {
  const filter = { ...allOrders(account), todo: { view, today: day } }
  const input = { filter, sort: newest, start: 0, count: 100, reveal: true }
  const { rows } = await database.call('orders.window', input)
  return rows.map(({ orderNo }) => orderNo).toSorted()
}

async function counts(day = today) {
  for (;;) {
    const told = await database.call('views.counts', { accountId: account, today: day })
    if (told.complete) return told
  }
}

describe('the built-in views', () => {
  beforeAll(async () => {
    database = await openTestDatabase()
    const longAgo = { at: noon - 20 * dayMs }
    await pull(
      database,
      [
        element({ order_sn: 'back', status: -460, status_name: '开卡失败' }),
        element({ order_sn: 'failed', status: -460, status_name: '开卡失败', reason: '一证五户' }),
        element({ order_sn: 'withdrawn', ...activated }),
        element({ order_sn: 'quiet', status: 470, status_name: '开卡中' }),
        element({ order_sn: 'stopped', ...activated, activated_at: daysAgo(30) }),
        element({ order_sn: 'stopped-untimed', ...activated }),
        element({ order_sn: 'never-active', status: 470, status_name: '开卡中' }),
      ],
      longAgo,
    )
    await pull(
      database,
      [
        element({ order_sn: 'back', status: 470, status_name: '开卡中' }),
        element({ order_sn: 'withdrawn', ...shipped, is_activated: 0, active_status: 0 }),
        element({
          order_sn: 'stopped',
          ...activated,
          active_status: null,
          is_activated: null,
          activated_status: null,
          激活状态: '停机',
        }),
        element({ order_sn: 'stopped-untimed', ...shipped, is_activated: null, 激活状态: '销户' }),
        element({ order_sn: 'never-active', status: 0, status_name: '订单终止' }),
      ],
      { at: noon - 2 * dayMs },
    )
    await pull(database, [
      element({ order_sn: 'new' }),
      element({ order_sn: 'photo', status: 150, status_name: '等待上传照片' }),
      element({ order_sn: 'shipped-7', ...shipped, shipTime: daysAgo(7) }),
      element({ order_sn: 'shipped-6', ...shipped, shipTime: daysAgo(6) }),
      element({ order_sn: 'shipped-untimed', ...shipped }),
      element({ order_sn: 'active-1', ...activated, activated_at: daysAgo(1) }),
      element({ order_sn: 'active-0', ...activated, activated_at: daysAgo(0) }),
      element({ order_sn: 'little', ...recharged, recharge_amount: '30' }),
      element({ order_sn: 'enough', ...recharged, recharge_amount: '50.00' }),
    ])
  })
  afterAll(() => database[Symbol.asyncDispose]())

  it.each<[TodoRule, string[]]>([
    [
      { rule: 'newToday' },
      ['active-0', 'active-1', 'enough', 'little', 'new', 'photo', 'shipped-6', 'shipped-7', 'shipped-untimed'],
    ],
    [{ rule: 'changedSinceLook', since: 0 }, ['back', 'never-active', 'stopped', 'stopped-untimed', 'withdrawn']],
    [{ rule: 'changedSinceLook', since: noon - 2 * dayMs }, []],
    [{ rule: 'needsMerchant' }, ['photo']],
    [{ rule: 'failed' }, ['failed']],
    [{ rule: 'cameBack' }, ['back']],
    [{ rule: 'shippedNotActivated', days: 7 }, ['shipped-7']],
    [{ rule: 'shippedNotActivated', days: 6 }, ['shipped-6', 'shipped-7']],
    [{ rule: 'shippedNotActivated', days: 0 }, ['shipped-6', 'shipped-7', 'shipped-untimed', 'withdrawn']],
    [{ rule: 'activatedNotRecharged', days: 1 }, ['active-1']],
    [{ rule: 'activatedNotRecharged', days: 0 }, ['active-0', 'active-1']],
    [{ rule: 'rechargeBelow', amount: 50 }, ['little']],
    [{ rule: 'activatedThenGone' }, ['stopped', 'stopped-untimed']],
    [{ rule: 'quiet', days: 15 }, ['quiet']],
  ])('%o', async (view, orders) => {
    expect(await shownBy(view)).toEqual(orders)
  })

  it('count days from the Beijing day that is given', async () => {
    expect(await shownBy({ rule: 'newToday' }, beijingDay(noon + dayMs))).toEqual([])
    expect(await shownBy({ rule: 'activatedNotRecharged', days: 1 }, beijingDay(noon + dayMs))).toEqual([
      'active-0',
      'active-1',
    ])
  })

  it('are counted as they are shown', async () => {
    const { builtIn } = await database.call('views.list', { accountId: account })
    const told = await counts()
    for (const view of builtIn)
      expect([view.rule, told.builtIn[view.rule]]).toEqual([view.rule, (await shownBy(view)).length])
  })

  it('keep the parameters that are set, and count by them', async () => {
    const rule = { rule: 'shippedNotActivated', days: 6 } as const
    await database.call('views.setRule', { accountId: account, rule })
    const { builtIn } = await database.call('views.list', { accountId: account })
    expect(builtIn.find((view) => view.rule === rule.rule)).toEqual(rule)
    expect((await counts()).builtIn.shippedNotActivated).toBe(2)
  })

  it('start anew from a look, and show what changes after it', async () => {
    expect(await database.call('views.look', { accountId: account })).toEqual({ since: 0, now: noon })
    expect((await counts()).builtIn.changedSinceLook).toBe(0)
    await pull(database, [element({ order_sn: 'photo', status: 450, status_name: '待开卡' })], { at: noon + 60_000 })
    expect((await counts()).builtIn.changedSinceLook).toBe(1)
    expect(await database.call('views.look', { accountId: account })).toEqual({ since: noon, now: noon + 60_000 })
  })

  it('tell the last day of an appeal, counted from when the settlement failed', async () => {
    await pull(database, [element({ order_sn: 'unsettled', ...recharged, 结算状态: '无法结算', 更新时间: daysAgo(3) })])
    const view = { rule: 'settlementFailed', days: 30 } as const
    const filter = { ...allOrders(account), todo: { view, today } }
    const { rows } = await database.call('orders.window', { filter, sort: newest, start: 0, count: 9, reveal: true })
    expect(rows.map(({ orderNo, dueOn }) => [orderNo, dueOn])).toEqual([
      ['unsettled', expect.stringMatching(/^2026-12-2[14]$/)],
    ])
  })
})

describe('saved views', () => {
  beforeEach(async () => {
    database = await openTestDatabase()
    await pull(database, [element({ order_sn: 'A1' }), element({ order_sn: 'A2', ...shipped })])
  })
  afterEach(() => database[Symbol.asyncDispose]())

  const { accountId: _account, only: _only, ...everything } = allOrders(account)
  const content = (name: string, changes: Partial<ViewContent> = {}): ViewContent => ({
    name,
    filter: everything,
    sort: newest,
    columns: null,
    ...changes,
  })
  const save = (name: string, changes: Partial<ViewContent> = {}, id: number | null = null) =>
    database.call('views.save', { accountId: account, id, content: content(name, changes) })
  const saved = async () => (await database.call('views.list', { accountId: account })).saved
  const names = async () => (await saved()).map(({ name }) => name)

  it('are kept with filter, sort and columns, also over a restart', async () => {
    const columns = [{ colId: 'orderNo', width: 120, pinned: 'left' }]
    const filter = { ...everything, stages: ['shipped' as const], search: '张' }
    const view = await save('在途', { columns, filter })
    expect(await saved()).toEqual([view])
    const { folder } = database
    await database.close()
    database = Object.assign(await openTestDatabase({ folder }), { folder })
    expect(await saved()).toEqual([view])
  })

  it('are counted, and counted anew when orders change', async () => {
    const { id } = await save('在途', { filter: { ...everything, stages: ['shipped'] } })
    expect((await counts()).saved).toEqual([{ id, count: 1 }])
    await pull(database, [element({ order_sn: 'A1', ...shipped })], { at: noon + 1 })
    expect((await counts()).saved).toEqual([{ id, count: 2 }])
  })

  it('are changed, renamed, reordered and removed', async () => {
    const [one, two, three] = [await save('一'), await save('二'), await save('三')]
    await save('二', { filter: { ...everything, search: '李' } }, two.id)
    await database.call('views.rename', { accountId: account, id: one.id, name: '甲' })
    await database.call('views.reorder', { accountId: account, ids: [three.id, one.id] })
    expect(await names()).toEqual(['三', '甲', '二'])
    expect((await saved())[2]?.filter.search).toBe('李')
    await database.call('views.remove', { accountId: account, id: three.id })
    expect(await names()).toEqual(['甲', '二'])
  })

  it('of the same name are refused, of another account not', async () => {
    const { id } = await save('一')
    await save('二')
    await expect(save('一')).rejects.toMatchObject({ code: 'viewNameTaken' })
    await expect(database.call('views.rename', { accountId: account, id, name: '二' })).rejects.toMatchObject({
      code: 'viewNameTaken',
    })
    await database.call('views.save', { accountId: 'account-2', id: null, content: content('一') })
    expect(await names()).toEqual(['一', '二'])
  })

  it('that are not there cannot be changed', async () => {
    await expect(save('一', {}, 99)).rejects.toMatchObject({ code: 'viewNotFound' })
    await expect(database.call('views.rename', { accountId: account, id: 99, name: '一' })).rejects.toMatchObject({
      code: 'viewNotFound',
    })
  })

  it('go with their account', async () => {
    await save('一')
    await database.call('views.setRule', { accountId: account, rule: { rule: 'quiet', days: 3 } })
    await database.call('accounts.forget', { accountId: account })
    expect(await saved()).toEqual([])
    expect((await database.call('views.list', { accountId: account })).builtIn).toContainEqual({
      rule: 'quiet',
      days: 15,
    })
  })

  it('beyond a hundred are refused', async () => {
    for (let index = 0; index < 100; index += 1) await save(`视图 ${index}`)
    await expect(save('多')).rejects.toMatchObject({ code: 'tooManyViews' })
  })
})

import { setTimeout as delay } from 'node:timers/promises'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FunnelStep, funnelSteps, type OrderType, type Stage, stages } from '#domain/vocabulary.ts'
import { expectedStages, filterOf, type FigureOf } from '#renderer/pages/statistics/figures.ts'
import type { DayRange, Statistics, StatisticsQuery } from '#shared/contract/statistics.ts'
import { openTestDatabase, type TestDatabase } from '../../support/database.ts'
import { ownOrders, rules } from '../../support/mapping.ts'
import { account, ask, element, noon, pull, receive, replyOf, type Element } from '../../support/sync-steps.ts'

/** What an order can say, and what that means: its stage, and how far it has come. */
const states: readonly { says: Partial<Element>; stage: Stage; step: FunnelStep }[] = [
  { says: { status: 100, status_name: '已支付' }, stage: 'submitted', step: 'placed' },
  { says: { status: 200, status_name: '待审核' }, stage: 'processing', step: 'placed' },
  { says: { status: 150, status_name: '等待上传照片' }, stage: 'needsMerchant', step: 'placed' },
  { says: { status: 500, status_name: '待发货' }, stage: 'processing', step: 'approved' },
  { says: { status: -120, status_name: '信息审核失败', reason: '年龄不符' }, stage: 'failed', step: 'placed' },
  { says: { status: -460, status_name: '开卡失败', reason: '号码被占用' }, stage: 'failed', step: 'approved' },
  { says: { status: 550, status_name: '已发货' }, stage: 'shipped', step: 'shipped' },
  { says: { status: 550, status_name: '已发货', is_activated: 1 }, stage: 'activated', step: 'activated' },
  {
    says: { status: 550, status_name: '已发货', is_activated: 1, is_recharged: 1 },
    stage: 'recharged',
    step: 'recharged',
  },
  {
    says: { status: 550, status_name: '已发货', is_activated: 1, settled_text: '已结算' },
    stage: 'settled',
    step: 'settled',
  },
  {
    says: {
      status: 550,
      status_name: '已发货',
      is_activated: 1,
      settled_text: '无法结算',
      remark: '无法结算原因：欠费',
    },
    stage: 'settlementFailed',
    step: 'activated',
  },
  { says: { status: 0, status_name: '订单终止' }, stage: 'gone', step: 'placed' },
]
/** What a reply says of every axis; what is left out above says nothing has happened there. */
const silent = { is_activated: 0, is_recharged: 0, settled_text: '未结算', reason: '', remark: '' }

interface Model {
  type: OrderType
  day: string
  product: string
  agent: string
  cents: number
  /** Its states in the order in which they were seen. */
  seen: number[]
}
const orders = fc.array(
  fc.record<Model>({
    type: fc.constantFrom('own', 'distributor'),
    day: fc.constantFrom(
      '2026-08-31',
      '2026-09-01',
      '2026-09-30',
      '2026-10-01',
      '2026-10-31',
      '2026-11-01',
      '2026-11-02',
    ),
    product: fc.constantFrom('', '电信星卡29元', '联通大王卡', '="1"'),
    agent: fc.constantFrom('', 'A001', 'a001', '二级代理'),
    cents: fc.integer({ min: 0, max: 50_000 }),
    seen: fc.array(fc.nat(states.length - 1), { minLength: 1, maxLength: 3 }),
  }),
  { minLength: 60, maxLength: 120 },
)

const stageOf = ({ seen }: Model): Stage => states[seen.at(-1) ?? 0]?.stage ?? 'unknown'
const stepOf = ({ seen }: Model): number =>
  Math.max(...seen.map((state) => funnelSteps.indexOf(states[state]?.step ?? 'placed')))

/** The newest reason that was said stays: what a reply leaves empty blanks nothing. */
function reasonOf({ seen }: Model): string {
  const said = seen.map((state) => states[state]?.says.reason).filter((reason) => typeof reason === 'string')
  return said.at(-1) ?? ''
}

async function store(database: TestDatabase, models: readonly Model[], accountId = account): Promise<void> {
  for (let round = 0; round < 3; round += 1)
    for (const type of ['own', 'distributor'] as const) {
      const rows = models.flatMap((model, index) => {
        const state = model.seen[Math.min(round, model.seen.length - 1)]
        if (model.type !== type || state === undefined) return []
        return [
          element({
            order_sn: `2026${String(index).padStart(8, '0')}`,
            create_time: `${model.day} 12:00:00`,
            goods_name: model.product,
            share_id: model.agent,
            commission: (model.cents / 100).toFixed(2),
            ...silent,
            ...states[state]?.says,
          }),
        ]
      })
      if (rows.length > 0) await pull(database, rows, { type, accountId, at: noon + round * 1_000 })
    }
}

/** What the page shows once every day is counted. */
async function counted(database: TestDatabase, query: Partial<StatisticsQuery> = {}): Promise<Statistics> {
  for (;;) {
    const read = await database.call('statistics.read', {
      accountId: account,
      type: null,
      from: null,
      to: null,
      ...query,
    })
    if (read.pendingDays === 0) return read
    await delay(20)
  }
}

/** Every figure of the page, with what it counts. */
function figuresOf(of: Statistics): { count: number; of: FigureOf }[] {
  return [
    ...stages.map((stage) => ({ count: of.totals.stages[stage], of: { stages: [stage] } })),
    ...funnelSteps.map((step) => ({ count: of.totals.steps[step], of: { step } })),
    ...funnelSteps.map((step, at) => {
      const next = funnelSteps[at + 1]
      const count = of.totals.steps[step] - (next === undefined ? 0 : of.totals.steps[next])
      return { count, of: { step, stopped: true } }
    }),
    { count: of.totals.expected.orders, of: { stages: expectedStages } },
    { count: of.totals.settled.orders, of: { stages: ['settled' as const] } },
    ...of.buckets.flatMap(({ from, to, stages: counts }) =>
      stages.map((stage) => ({ count: counts[stage], of: { days: { from, to }, stages: [stage] } })),
    ),
    ...of.products.items.map(({ value, steps }) => ({ count: steps.placed, of: { product: value } })),
    ...of.products.items.map(({ value, steps }) => ({
      count: steps.activated,
      of: { product: value, step: 'activated' as const },
    })),
    ...of.agents.items.map(({ value, steps }) => ({ count: steps.placed, of: { agent: value } })),
    ...of.agents.items.map(({ value, failed }) => ({
      count: failed,
      of: { agent: value, stages: ['failed' as const] },
    })),
    ...of.failures.items.map(({ value, steps }) => ({
      count: steps.placed,
      of: { stages: ['failed' as const], reason: value },
    })),
    ...of.unsettled.items.map(({ value, steps }) => ({
      count: steps.placed,
      of: { stages: ['settlementFailed' as const], reason: value },
    })),
    ...of.months.flatMap(({ from, to, expected, settled }) => [
      { count: expected.orders, of: { days: { from, to }, stages: expectedStages } },
      { count: settled.orders, of: { days: { from, to }, stages: ['settled' as const] } },
    ]),
  ]
}

const ranges: readonly { from: string | null; to: string | null }[] = [
  { from: null, to: null },
  { from: '2026-09-01', to: '2026-10-31' },
  { from: '2026-09-02', to: '2026-11-01' },
  { from: null, to: '2026-09-30' },
  { from: '2026-11-02', to: null },
]

function bruteForce(models: readonly Model[], query: StatisticsQuery): Model[] {
  return models.filter(
    ({ type, day }) =>
      (query.type === null || type === query.type) && day >= (query.from ?? '') && day <= (query.to ?? '~'),
  )
}

const tally = (values: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
const listed = (groups: Statistics['products']): Record<string, number> =>
  Object.fromEntries(groups.items.map(({ value, steps }) => [value, steps.placed]))
const sumOf = (models: readonly Model[]): number => models.reduce((sum, { cents }) => sum + cents, 0)

describe('the figures of generated orders', () => {
  const [models = []] = fc.sample(orders, { numRuns: 1, seed: 20_261_124 })
  let database: TestDatabase
  beforeAll(async () => {
    database = await openTestDatabase()
    await store(database, models)
    await store(database, models.slice(0, 5), 'another')
  }, 60_000)
  afterAll(() => database[Symbol.asyncDispose]())

  const queries = ranges.flatMap(({ from, to }) =>
    ([null, 'own', 'distributor'] as const).map((type) => ({ from, to, type })),
  )

  it.each(queries)('are those of a count one by one: %o', async (asked) => {
    const query = { accountId: account, ...asked }
    const of = bruteForce(models, query)
    const read = await counted(database, query)
    expect(read.totals.stages).toEqual({
      ...Object.fromEntries(stages.map((stage) => [stage, 0])),
      ...tally(of.map(stageOf)),
    })
    for (const [number, step] of funnelSteps.entries())
      expect([step, read.totals.steps[step]]).toEqual([step, of.filter((model) => stepOf(model) >= number).length])
    expect(listed(read.products)).toEqual(tally(of.map(({ product }) => product)))
    expect(listed(read.agents)).toEqual(tally(of.map(({ agent }) => agent)))
    expect(listed(read.failures)).toEqual(tally(of.filter((model) => stageOf(model) === 'failed').map(reasonOf)))
    const waiting = of.filter((model) => (expectedStages as readonly Stage[]).includes(stageOf(model)))
    expect(read.totals.expected).toEqual({ orders: waiting.length, cents: sumOf(waiting) })
    const settled = of.filter((model) => stageOf(model) === 'settled')
    expect(read.totals.settled).toEqual({ orders: settled.length, cents: sumOf(settled) })
    expect(read.months.reduce((sum, month) => sum + month.settled.cents, 0)).toBe(sumOf(settled))
    const bars = read.buckets.flatMap(({ stages: counts }) => Object.values(counts))
    expect(bars.reduce((sum, bar) => sum + bar, 0)).toBe(of.length)
  })

  it.each(queries)('are as many as the orders page shows behind them: %o', async (asked) => {
    const query = { accountId: account, ...asked }
    const read = await counted(database, query)
    for (const figure of figuresOf(read)) {
      const { total } = await database.call('orders.counts', filterOf(query, read.range, figure.of))
      expect([figure.of, total]).toEqual([figure.of, figure.count])
    }
  })

  it('are compared with as many days directly before', async () => {
    const range: DayRange = { from: '2026-10-01', to: '2026-10-31' }
    const { before } = await counted(database, range)
    expect(before?.range).toEqual({ from: '2026-08-31', to: '2026-09-30' })
    expect(before?.totals).toEqual((await counted(database, before?.range)).totals)
    expect((await counted(database)).before).toBeNull()
  })

  it('are none of an account that is not there, and of a range without orders', async () => {
    expect(await counted(database, { accountId: 'nobody' })).toMatchObject({ range: null, buckets: [] })
    const { totals, range } = await counted(database, { from: '2020-01-01', to: '2020-01-03' })
    expect([totals.steps.placed, range]).toEqual([0, { from: '2020-01-01', to: '2020-01-03' }])
  })
})

describe('the figures stay right', () => {
  const placed = async (database: TestDatabase, query: Partial<StatisticsQuery> = {}) =>
    (await counted(database, query)).totals.steps

  it('where an order moves to another day, product and stage', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ status: 550, status_name: '已发货' })])
    expect(await placed(database, { from: '2026-11-20', to: '2026-11-20' })).toMatchObject({ placed: 1, shipped: 1 })
    const moved = { create_time: '2026-10-05 00:00:00', goods_name: '流量王', status: 0, status_name: '订单终止' }
    await pull(database, [element(moved)], { at: noon + 1 })
    expect(await placed(database, { from: '2026-11-20', to: '2026-11-20' })).toMatchObject({ placed: 0 })
    const read = await counted(database, { from: '2026-10-01', to: '2026-10-31' })
    expect([read.totals.stages.gone, read.totals.steps.shipped]).toEqual([1, 1])
    expect(listed(read.products)).toEqual({ 流量王: 1 })
  })

  it('where a pull that left earlier, and is merged later, tells of a step that the newer one no longer shows', async () => {
    await using database = await openTestDatabase()
    const earlier = await ask(database)
    await pull(database, [element({ status: 0, status_name: '订单终止' })], { at: noon + 2_000 })
    expect(await placed(database)).toMatchObject({ placed: 1, shipped: 0 })
    const replyId = await receive(database, earlier, replyOf([element({ status: 550, status_name: '已发货' })]))
    await database.call('replies.merge', { replyId, at: noon + 3_000 })
    expect(await placed(database)).toMatchObject({ placed: 1, shipped: 1, activated: 0 })
  })

  it('where a re-run reads the status otherwise: what was taken for a step is one no more', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element({ status: null, status_name: '已出库' })])
    expect(await placed(database)).toMatchObject({ placed: 1, shipped: 1 })
    const words = [{ axis: 'production' as const, word: '已出库', means: 'needsMerchant' as const }]
    await database.call('mapping.save', { ...ownOrders, rules: rules({ words }) })
    await database.call('mapping.rerun', ownOrders)
    const read = await counted(database)
    expect([read.totals.stages.needsMerchant, read.totals.steps.shipped]).toEqual([1, 0])
  })

  it('where an account is forgotten and comes again', async () => {
    await using database = await openTestDatabase()
    await pull(database, [element()])
    await counted(database)
    await database.call('accounts.forget', { accountId: account })
    expect((await counted(database)).range).toBeNull()
    await pull(database, [element({ order_sn: 'A' }), element({ order_sn: 'B' })])
    expect(await placed(database)).toMatchObject({ placed: 2 })
  })

  it('where a kill came before they were counted', async () => {
    const first = await openTestDatabase()
    await pull(first, [element({ status: 550, status_name: '已发货' })])
    await first.crash()
    await using second = await openTestDatabase({ folder: first.folder })
    expect(await placed(second)).toMatchObject({ placed: 1, shipped: 1 })
  })
})

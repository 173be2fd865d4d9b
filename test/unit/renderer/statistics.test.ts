import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { funnelSteps } from '#domain/vocabulary.ts'
import { AppError } from '#shared/errors.ts'
import { noStages, type Group, type Statistics, type StatisticsQuery } from '#shared/contract/statistics.ts'
import { createOrdersContext, ordersContextKey } from '#renderer/pages/orders/context.ts'
import { bucketText, daysFrom } from '#renderer/pages/statistics/bucket-text.ts'
import { mixed } from '#renderer/pages/statistics/charts/chart-colours.ts'
import { barOption, type BarChartOf } from '#renderer/pages/statistics/charts/chart-option.ts'
import type { FigureOf } from '#renderer/pages/statistics/figures.ts'
import { changeOf, rateText, roundYuanText, shortReason, spanOf, yuanText } from '#renderer/pages/statistics/numbers.ts'
import StatisticsPage from '#renderer/pages/statistics/StatisticsPage.vue'
import { useOrdersView } from '#renderer/stores/orders-view.ts'
import { useStatisticsView } from '#renderer/stores/statistics-view.ts'
import { useView } from '#renderer/stores/view.ts'
import { account } from './builders.ts'
import { open, type Answers } from './window.ts'

/** happy-dom has no canvas: each bar is a button. */
vi.mock('../../../src/renderer/pages/statistics/charts/BarChart.vue', () => ({
  default: defineComponent({
    props: ['chart', 'label', 'height'],
    emits: ['pick'],
    setup:
      ({ chart }: { chart: BarChartOf<FigureOf> }, { emit }) =>
      () =>
        h(
          'div',
          chart.series.flatMap(({ name, bars }) =>
            bars.map(({ value, of }) =>
              h('button', { class: 'bar', onClick: () => emit('pick', of) }, `${name} ${value}`),
            ),
          ),
        ),
  }),
}))

const steps = (...counts: number[]) =>
  Object.fromEntries(funnelSteps.map((step, at) => [step, counts[at] ?? 0])) as Group['steps']
const money = (orders: number, cents: number) => ({ orders, cents })
const group = (value: string, placed: number): Group => ({
  value,
  steps: steps(placed, 2),
  failed: 1,
  expected: money(0, 0),
  settled: money(0, 0),
})
const list = (...items: Group[]): Statistics['products'] => ({ items, others: { groups: 0, orders: 0 } })

function figures(changes: Partial<Statistics> = {}): Statistics {
  const totals = {
    steps: steps(10, 8, 6, 4, 3, 1),
    failed: 2,
    expected: money(3, 12_345),
    settled: money(1, 5_000),
    stages: { ...noStages, shipped: 2, activated: 3, settled: 1, failed: 2, gone: 2 },
  }
  const range = { from: '2026-11-01', to: '2026-11-02' }
  return {
    range,
    totals,
    before: { range: { from: '2026-10-30', to: '2026-10-31' }, totals: { ...totals, steps: steps(5, 4, 3, 2, 1, 0) } },
    unit: 'day',
    buckets: [
      { from: '2026-11-01', to: '2026-11-01', stages: { ...noStages, shipped: 2 } },
      { from: '2026-11-02', to: '2026-11-02', stages: { ...totals.stages, shipped: 0 } },
    ],
    times: funnelSteps.slice(1).map((to, at) => ({
      from: funnelSteps[at] ?? 'placed',
      to,
      medianMs: at === 0 ? 5_400_000 : null,
      orders: at === 0 ? 7 : 0,
      sampled: false,
    })),
    products: list(group('电信星卡29元', 6), group('', 4)),
    agents: list(group('A001', 10)),
    failures: list(group('年龄不符', 2)),
    unsettled: list(),
    months: [{ ...range, expected: totals.expected, settled: totals.settled }],
    pendingDays: 0,
    ...changes,
  }
}
const none = { ...figures(), totals: { ...figures().totals, steps: steps(0) }, buckets: [] }

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await flushPromises()
}

async function opened(read: (query: StatisticsQuery) => Statistics, answers: Answers = {}) {
  const asked: StatisticsQuery[] = []
  const window = open(StatisticsPage, {
    answers: {
      'statistics.read': (query) => {
        asked.push(query)
        return read(query)
      },
      ...answers,
    },
    provide: (app) => ({ [ordersContextKey as symbol]: createOrdersContext(app) }),
  })
  for (const part of [window.app.settings, window.app.accounts, window.app.vault]) void part.reload()
  await settle()
  return { ...window, asked }
}

const find = (testId: string) => document.body.querySelector<HTMLElement>(`[data-testid="${testId}"]`)
async function press(element: Element | null | undefined): Promise<void> {
  if (!(element instanceof HTMLElement)) throw new Error('nothing to press')
  element.click()
  await settle()
}
const button = (text: string) => [...document.querySelectorAll('button')].find((one) => one.textContent?.includes(text))

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 24, 4), toFake: ['Date'] })
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

describe('the statistics page', () => {
  it('asks for the last 30 Beijing days of both types, and shows them beside the period before', async () => {
    const { asked } = await opened(() => figures())
    expect(asked).toEqual([{ accountId: account().id, type: null, from: '2026-10-26', to: '2026-11-24' }])
    expect(find('kpi-placed')?.textContent).toContain('10')
    expect(find('kpi-placed')?.textContent).toContain('上期 5')
    expect(find('kpi-activated')?.textContent).toContain('占 40%')
    expect(find('kpi-expected')?.textContent).toContain('¥123.45')
    await press(find('statistics-compare'))
    expect(find('kpi-placed')?.textContent).not.toContain('上期')
  })

  it('asks for whole days where a range names times', async () => {
    const { asked } = await opened(() => figures())
    useStatisticsView().range = { preset: 'custom', from: '2026-11-02 08:30:00', to: null }
    await settle()
    expect(asked.at(-1)).toMatchObject({ from: '2026-11-02', to: null })
  })

  it('asks for one type', async () => {
    const { asked } = await opened(() => figures())
    await press(find('statistics-tab-distributor'))
    expect(asked.at(-1)?.type).toBe('distributor')
  })

  it.each<[string, () => Element | null | undefined, Record<string, unknown>]>([
    [
      'a main figure',
      () => find('kpi-recharged'),
      { figure: { of: 'step', step: 'recharged', stopped: false }, stages: [] },
    ],
    ['what is due', () => find('kpi-expected'), { stages: ['activated', 'recharged'], figure: null }],
    [
      'a bar of a day',
      () => find('statistics-daily')?.querySelector('.bar:nth-child(4)'),
      { range: { preset: 'custom', from: '2026-11-02 00:00:00', to: '2026-11-02 23:59:59' } },
    ],
    [
      'a product without a name',
      () => find('statistics-products')?.querySelector('.bar:nth-child(2)'),
      { conditions: [{ kind: 'words', column: 'productName', values: [''] }] },
    ],
    [
      'a reason',
      () => find('statistics-failures')?.querySelector('.bar'),
      { stages: ['failed'], figure: { of: 'reason', reason: '年龄不符' } },
    ],
  ])('opens the orders behind %s', async (_what, figure, shown) => {
    await opened(() => figures())
    await press(figure())
    expect(useView().page).toBe('orders')
    expect(useOrdersView().shown).toMatchObject({ type: null, search: '', ...shown })
  })

  it('lists the same figures in tables that the keyboard reaches', async () => {
    await opened(() => figures())
    await press(find('statistics-funnel-table'))
    const table = find('statistics-funnel')?.querySelector('table')
    expect(table?.querySelector('caption')?.textContent).toContain('转化')
    await press(find('funnel-shipped'))
    expect(useOrdersView().shown.figure).toEqual({ of: 'step', step: 'shipped', stopped: false })
  })

  it('says on how many orders a median rests', async () => {
    await opened(() => figures())
    expect(find('statistics-funnel')?.textContent).toMatch(/下单 → 审核通过\s*90 分钟\s*7 单的中位数/)
    expect(find('statistics-funnel')?.textContent).toContain('没有已知用时')
  })

  it('offers all time where a range is empty, and a sync where everything is', async () => {
    const { asked } = await opened(() => none)
    await press(button('看全部时间'))
    expect(asked.at(-1)).toMatchObject({ from: null, to: null })
    await press(button('去同步'))
    expect(useView().page).toBe('sync')
  })

  it('says what went wrong, and asks again when told to', async () => {
    let fails = true
    await opened(() => {
      if (fails) throw new AppError('databaseCorrupt')
      return figures()
    })
    fails = false
    await press(button('重试'))
    expect(find('kpi-placed')?.textContent).toContain('10')
  })

  it('tells that days are still being counted, and renews the figures once they are', async () => {
    let pendingDays = 3
    const { tell, asked } = await opened(() => figures({ pendingDays }))
    expect(document.body.textContent).toContain('还有 3 天')
    pendingDays = 0
    tell('statistics.changed', { accountId: 'another' })
    await settle()
    expect(asked).toHaveLength(1)
    tell('statistics.changed', { accountId: account().id })
    await settle()
    expect(document.body.textContent).not.toContain('还有')
  })

  it('saves the figures that it shows', async () => {
    const saved: unknown[] = []
    await opened(() => figures(), {
      'statistics.saveFigures': (query) => {
        saved.push(query)
        return { file: '/tmp/统计.csv' }
      },
    })
    await press(find('statistics-save-figures'))
    expect(saved).toEqual([{ accountId: account().id, type: null, from: '2026-10-26', to: '2026-11-24' }])
    expect(document.body.textContent).toContain('已保存 统计.csv')
  })
})

describe('the words of figures', () => {
  it.each([
    [1, 3, '33%'],
    [1, 30, '3.3%'],
    [0, 3, '0%'],
    [3, 3, '100%'],
    [0, 0, '–'],
  ])('%i of %i is %s', (part, whole, text) => {
    expect(rateText(part, whole)).toBe(text)
  })

  it.each([
    [0, '¥0', '¥0'],
    [12_300, '¥123', '¥123'],
    [12_345, '¥123.45', '¥123.45'],
    [123_456_789, '¥1,234,567.89', '¥1,234,568'],
    [-50, '¥-0.50', '¥-0.50'],
  ])('%i cents are %s, at a glance %s', (cents, exact, round) => {
    expect([yuanText(cents), roundYuanText(cents)]).toEqual([exact, round])
  })

  it.each([
    [90 * 60_000, 'minutes', 90],
    [5 * 3_600_000, 'hours', 5],
    [80 * 3_600_000, 'days', 3],
  ])('%i ms are told in %s', (ms, unit, count) => {
    expect(spanOf(ms)).toEqual({ unit, count })
  })

  it.each([
    [12, 10, { direction: 'up', percent: 20 }],
    [9, 10, { direction: 'down', percent: 10 }],
    [10, 10, { direction: 'same', percent: 0 }],
    [3, 0, { direction: 'up', percent: null }],
    [0, 0, { direction: 'same', percent: null }],
  ])('%i after %i', (now, before, change) => {
    expect(changeOf(now, before)).toEqual(change)
  })

  it.each([
    ['无法结算原因：欠费', '欠费'],
    ['结算撤回：短期销户', '结算撤回：短期销户'],
    ['原因:', '原因:'],
    ['', ''],
  ])('the reason %o is shown as %o', (reason, short) => {
    expect(shortReason(reason)).toBe(short)
  })

  it('names the days of a bar', () => {
    expect(bucketText({ from: '2026-11-02', to: '2026-11-02' }, 'day')).toBe('11-02')
    expect(bucketText({ from: '2026-11-02', to: '2026-11-08' }, 'week')).toBe('11-02–11-08')
    expect(bucketText({ from: '2026-11-02', to: '2026-11-30' }, 'month')).toBe('2026-11')
    expect(daysFrom('2026-11-01', '2026-11-30')).toBe(30)
  })
})

describe('a chart', () => {
  const chart: BarChartOf<string> = {
    categories: ['一', '二'],
    series: [
      {
        name: '订单',
        colour: '#112233',
        bars: [
          { value: 3, of: 'a' },
          { value: 0, of: 'b' },
        ],
      },
    ],
    stacked: false,
    lying: true,
    format: String,
    colours: {} as BarChartOf<string>['colours'],
    animated: false,
  }

  it('gives each bar what a click is about, draws its tooltip in the canvas, and keeps still where asked to', () => {
    const option = barOption(chart) as {
      animation: boolean
      tooltip: { renderMode: string }
      series: { data: { of: string }[] }[]
    }
    expect(option.series[0]?.data.map(({ of }) => of)).toEqual(['a', 'b'])
    expect([option.animation, option.tooltip.renderMode]).toEqual([false, 'richText'])
  })

  it.each([
    ['#ffffff', '#000000', '#808080'],
    ['#fff', '#000', '#808080'],
    ['#2b72d8', '#2b72d8', '#2b72d8'],
  ])('mixes %s and %s to %s', (one, other, colour) => {
    expect(mixed(one, other, 0.5)).toBe(colour)
  })
})

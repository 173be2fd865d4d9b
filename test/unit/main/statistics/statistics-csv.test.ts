import { parse } from 'csv-parse/sync'
import { expect, it } from 'vitest'
import { funnelSteps } from '#domain/vocabulary.ts'
import { statisticsCsv } from '#main/statistics/statistics-csv.ts'
import { statisticsFileName } from '#main/statistics/statistics-file-name.ts'
import { noStages, type Group, type Statistics } from '#shared/contract/statistics.ts'

const steps = Object.fromEntries(funnelSteps.map((step, at) => [step, 10 - at])) as Group['steps']
const sums = { steps, failed: 2, expected: { orders: 3, cents: 12_345 }, settled: { orders: 1, cents: -50 } }
const none = { items: [], others: { groups: 0, orders: 0 } }
const range = { from: '2026-11-01', to: '2026-11-02' }
const statistics: Statistics = {
  range,
  totals: { ...sums, stages: { ...noStages, shipped: 4 } },
  before: null,
  unit: 'day',
  buckets: [{ from: '2026-11-01', to: '2026-11-01', stages: { ...noStages, shipped: 4 } }],
  times: [{ from: 'shipped', to: 'activated', medianMs: 5_400_000, orders: 7, sampled: false }],
  products: { items: [{ value: '=cmd()', ...sums }], others: { groups: 2, orders: 9 } },
  agents: { items: [{ value: '', ...sums }], others: { groups: 0, orders: 0 } },
  failures: { items: [{ value: '地址"不清",请补', ...sums }], others: { groups: 0, orders: 0 } },
  unsettled: none,
  months: [{ ...range, expected: sums.expected, settled: sums.settled }],
  pendingDays: 0,
}

function lines(locale: 'zh-CN' | 'en'): string[][] {
  const text = statisticsCsv(statistics, locale)
  expect(text.startsWith('\uFEFF')).toBe(true)
  return parse(text, { bom: true, record_delimiter: '\r\n' }) as string[][]
}

it('writes every figure under its heading, amounts in yuan, times in hours', () => {
  const [headings = [], total = [], ...rest] = lines('zh-CN')
  expect(headings.slice(0, 6)).toEqual(['部分', '项目', '从', '到', '订单', '审核通过'])
  const amounts = ['3', '123.45', '1', '-0.50']
  expect(total).toEqual(['合计', '', '2026-11-01', '2026-11-02', '10', '9', '8', '7', '6', '5', '2', ...amounts, ''])
  expect(rest).toContainEqual(['步骤用时', '发货 → 激活', '', '', '7', '', '', '', '', '', '', '', '', '', '', '1.50'])
  expect(rest.filter(([section]) => section === '每天订单')).toEqual([
    ['每天订单', '已发货', '2026-11-01', '2026-11-01', '4', ...Array.from({ length: 11 }, () => '')],
  ])
  expect(rest.some(([section, item]) => section === '按代理/店铺' && item === '未注明')).toBe(true)
  expect(rest).toContainEqual(['按套餐', '其余', '', '', '9', ...Array.from({ length: 11 }, () => '')])
})

it('lets no value of an upstream become a formula, and keeps quotes and commas', () => {
  const items = lines('zh-CN').map(([, item]) => item)
  expect(items).toContain("'=cmd()")
  expect(items).toContain('地址"不清",请补')
})

it('speaks the language of the window', () => {
  const [headings, total] = lines('en')
  expect([headings?.[0], total?.[0]]).toEqual(['Section', 'Total'])
})

it('has as many cells in every line', () => {
  expect(new Set(lines('en').map(({ length }) => length))).toEqual(new Set([16]))
})

it('goes into a file named after account and Beijing time, whatever the account is called', () => {
  const at = Date.UTC(2026, 10, 24, 4, 5)
  expect(statisticsFileName('zh-CN', '张三/店', at, 'png')).toBe('号卡统计-张三_店-20261124-1205.png')
})

import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import type { Condition } from '#shared/contract/orders.ts'
import { orderFilterSchema, todoRules } from '#shared/contract/orders.ts'
import {
  dateCondition,
  filterKindOf,
  numberCondition,
  textCondition,
  withCondition,
} from '#renderer/pages/orders/filters/column-filter.ts'
import ColumnFilter from '#renderer/pages/orders/filters/ColumnFilter.vue'
import { filterByValue } from '#renderer/pages/orders/filters/filter-by-value.ts'
import FilterChips from '#renderer/pages/orders/filters/FilterChips.vue'
import {
  everyOrder,
  filterAt,
  filteredColumns,
  restrictionsOf,
  without,
  type ShownFilter,
} from '#renderer/pages/orders/filters/shown-filter.ts'
import { gridColumns } from '#renderer/pages/orders/grid-columns.ts'
import { row } from '../builders.ts'
import { open } from '../window.ts'

const phone: Condition = { kind: 'text', column: 'phone', op: 'startsWith', value: '138' }
const amount: Condition = { kind: 'number', column: 'rechargeAmount', op: 'between', min: 50, max: null }
const full: ShownFilter = {
  type: 'own',
  stages: ['failed', 'shipped'],
  range: { preset: 'days7' },
  search: ' 张三 ',
  status: '550',
  conditions: [phone, amount],
  tags: ['急'],
  flags: ['red'],
  todo: { rule: 'shippedNotActivated', days: 7 },
  figure: { of: 'reason', reason: '欠费' },
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('what the page shows', () => {
  it('is a filter that the contract takes, with its times as they are now', () => {
    const filter = filterAt(full, 'a1', Date.UTC(2024, 8, 1, 4), '2024-09-01')
    expect(orderFilterSchema.parse(filter)).toMatchObject({
      accountId: 'a1',
      from: '2024-08-26 00:00:00',
      to: '2024-09-01 23:59:59',
      search: '张三',
      todo: { view: { rule: 'shippedNotActivated', days: 7 }, today: '2024-09-01' },
      only: null,
    })
  })

  it('restricts by nothing at first', () => {
    expect(restrictionsOf(everyOrder('own'))).toEqual([])
  })

  it('names everything that restricts, and each can be taken away', () => {
    const named = restrictionsOf(full)
    expect(named).toHaveLength(10)
    const shown = { ...full }
    for (const restriction of named) Object.assign(shown, without(shown, restriction))
    expect(shown).toEqual(everyOrder('own'))
  })

  it('says at the headings which columns it filters by', () => {
    expect([...filteredColumns(full)].toSorted()).toEqual(['flag', 'phone', 'rechargeAmount', 'stage', 'tags'])
  })
})

describe('a column', () => {
  it('can be filtered by, each in its way', () => {
    expect(gridColumns.filter(({ name }) => filterKindOf(name) === 'none')).toEqual([])
    expect(
      ['phone', 'commission', 'changedAt', 'stage', 'type', 'flag', 'tags'].map((name) => filterKindOf(name as never)),
    ).toEqual(['text', 'number', 'date', 'stages', 'type', 'flags', 'tags'])
  })

  it.each([
    [textCondition('phone', 'contains', ' 138 '), { kind: 'text', column: 'phone', op: 'contains', value: '138' }],
    [textCondition('phone', 'contains', '  '), null],
    [textCondition('phone', 'empty', 'x'), { kind: 'text', column: 'phone', op: 'empty', value: '' }],
    [textCondition('stage', 'contains', 'x'), null],
    [
      numberCondition('commission', null, 5),
      { kind: 'number', column: 'commission', op: 'between', min: null, max: 5 },
    ],
    [numberCondition('commission', null, null), null],
    [dateCondition('phone', '2024-09-01 00:00:00', null), null],
  ])('makes condition %#', (condition, expected) => {
    expect(condition).toEqual(expected)
  })

  it('has one condition at most', () => {
    const other: Condition = { kind: 'text', column: 'phone', op: 'empty', value: '' }
    expect(withCondition([phone, amount], 'phone', other)).toEqual([other, amount])
    expect(withCondition([phone, amount], 'phone', null)).toEqual([amount])
    expect(withCondition([amount], 'phone', phone)).toEqual([amount, phone])
  })
})

describe('filtering by a cell’s value', () => {
  const shown = everyOrder('own')

  it.each([
    ['stage', { stages: ['shipped'] }],
    ['type', { type: 'own' }],
    ['courier', { conditions: [{ kind: 'words', column: 'courier', values: ['顺丰'] }] }],
    ['trackingNo', { conditions: [{ kind: 'text', column: 'trackingNo', op: 'equals', value: 'SF1000' }] }],
    ['iccid', { conditions: [{ kind: 'text', column: 'iccid', op: 'empty', value: '' }] }],
    [
      'createdAt',
      { conditions: [{ kind: 'date', column: 'createdAt', from: '2024-09-01 00:00:00', to: '2024-09-01 23:59:59' }] },
    ],
    ['flag', null],
    ['note', { conditions: [{ kind: 'text', column: 'note', op: 'empty', value: '' }] }],
  ] as const)('%s: %o', (column, patch) => {
    expect(filterByValue(shown, row(), column, false)).toEqual(patch)
  })

  it('waits with personal fields until the real value is on screen', () => {
    expect(filterByValue(shown, row({ phone: '138****0013' }), 'phone', false)).toBeNull()
    expect(filterByValue(shown, row({ phone: '13800000013' }), 'phone', true)).toMatchObject({
      conditions: [{ op: 'equals', value: '13800000013' }],
    })
  })

  it('adds a second word of the same column', () => {
    const once = { ...shown, ...filterByValue(shown, row({ courier: '顺丰' }), 'courier', false) }
    expect(filterByValue(once, row({ courier: '中通' }), 'courier', false)).toEqual({
      conditions: [{ kind: 'words', column: 'courier', values: ['顺丰', '中通'] }],
    })
  })
})

describe('the chips above the grid', () => {
  it('name each filter that is not in sight, in words, and take it away', async () => {
    const removed: unknown[] = []
    const shell = defineComponent(() => () => h(FilterChips, { shown: full, onRemove: (what) => removed.push(what) }))
    const { page } = open(shell)
    await flushPromises()
    const chips = page.findAll('[data-testid=filter-chip]')
    expect(chips.map((chip) => chip.text())).toEqual([
      '统计 欠费',
      '订单状态 550',
      '手机号 开头是「138」',
      '首充金额 50 起',
      '标签 急',
      '旗标 红旗',
    ])
    await chips[2]?.findAll('button')[1]?.trigger('click')
    expect(removed).toEqual([{ kind: 'condition', condition: phone }])
  })
})

describe('the form of a column', () => {
  async function formOf(column: 'phone' | 'rechargeAmount' | 'stage', shown = everyOrder('own')) {
    const changes: unknown[] = []
    const shell = defineComponent(
      () => () => h(ColumnFilter, { column, shown, nowMs: 0, tags: [], onChange: (patch) => changes.push(patch) }),
    )
    const { page } = open(shell)
    await flushPromises()
    return { page, changes }
  }

  it('filters by text as it says', async () => {
    const { page, changes } = await formOf('phone')
    await page.get('[data-testid=filter-op]').setValue('startsWith')
    await page.get('[data-testid=filter-value]').setValue('138')
    await page.get('form').trigger('submit')
    expect(changes).toEqual([{ conditions: [phone] }])
  })

  it('refuses an amount that is none, or from above to below', async () => {
    const { page, changes } = await formOf('rechargeAmount')
    await page.get('[data-testid=filter-min]').setValue('x')
    await page.get('form').trigger('submit')
    await page.get('[data-testid=filter-min]').setValue('60')
    await page.get('[data-testid=filter-max]').setValue('50')
    await page.get('form').trigger('submit')
    expect([changes, page.find('[role=alert]').exists()]).toEqual([[], true])
    await page.get('[data-testid=filter-min]').setValue('50')
    await page.get('[data-testid=filter-max]').setValue('')
    await page.get('form').trigger('submit')
    expect(changes).toEqual([{ conditions: [amount] }])
  })

  it('chooses a set of stages', async () => {
    const { page, changes } = await formOf('stage', { ...everyOrder('own'), stages: ['failed'] })
    await page.findAll('input[type=checkbox]')[3]?.setValue(true)
    expect(changes).toEqual([{ stages: ['failed', 'shipped'] }])
  })
})

it('knows a name and a hint for every built-in view', async () => {
  const { messages } = await import('#shared/locales/zh-CN/index.ts')
  expect(Object.keys(messages.views.builtIn)).toEqual([...todoRules])
  expect(Object.keys(messages.views.hints)).toEqual([...todoRules])
})

import { mount } from '@vue/test-utils'
import { assert, jsonValue, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { orderColumns } from '#domain/vocabulary.ts'
import { createWords } from '#renderer/i18n/create-words.ts'
import { drawerSections } from '#renderer/order/drawer-sections.ts'
import { indentJson } from '#renderer/order/indent-json.ts'
import OrderDrawer from '#renderer/order/OrderDrawer.vue'
import { stepsOf, timelineOf, valueText } from '#renderer/order/timeline.ts'
import { useAnnotation } from '#renderer/order/use-annotation.ts'
import { change, detail, row } from './builders.ts'

const hour = 3_600_000

describe('the timeline', () => {
  it('says how long the same axis had stood before, whatever happened on others between', () => {
    const items = timelineOf([
      change({ id: 3, seenAt: 9 * hour }),
      change({ id: 2, axis: 'activation', seenAt: 5 * hour }),
      change({ id: 1, seenAt: 2 * hour }),
    ])
    expect(items.map(({ stoodMs }) => stoodMs)).toEqual([7 * hour, null, null])
  })

  it('puts what was seen at one moment into one step, with the time between steps', () => {
    const steps = stepsOf([
      change({ id: 4, seenAt: 9 * hour, from: { word: '待审核', code: null }, upstreamAt: '1970-01-01 16:00:00' }),
      change({ id: 3, seenAt: 9 * hour, axis: 'activation', upstreamAt: '1970-01-01 16:30:00' }),
      change({ id: 2, seenAt: 2 * hour, axis: 'activation', upstreamAt: '1970-01-01 09:00:00' }),
      change({ id: 1, seenAt: 2 * hour, upstreamAt: '1970-01-01 09:00:00' }),
    ])
    expect(steps.map(({ items, sinceMs, upstreamAt, first }) => [items.length, sinceMs, upstreamAt, first])).toEqual([
      [2, 7 * hour, null, false],
      [2, null, '1970-01-01 09:00:00', true],
    ])
  })

  it.each([
    [null, ''],
    [{ word: '已发货', code: '550' }, '已发货'],
    [{ word: null, code: '0' }, 'code 0'],
    [{ word: null, code: null }, ''],
  ])('%o reads %s', (value, text) => {
    expect(valueText(value, (code) => `code ${code}`)).toBe(text)
  })
})

describe('JSON for reading', () => {
  it('keeps an order number beyond 2^53 digit for digit', () => {
    expect(indentJson('{"id":9007199254740993123,"a":[1,2],"e":{},"s":"x, {y}: \\"z\\""}')).toBe(
      [
        '{',
        '  "id": 9007199254740993123,',
        '  "a": [',
        '    1,',
        '    2',
        '  ],',
        '  "e": {},',
        '  "s": "x, {y}: \\"z\\""',
        '}',
      ].join('\n'),
    )
  })

  it('changes white space only', () => {
    assert(
      property(jsonValue(), (value) => {
        expect(JSON.parse(indentJson(JSON.stringify(value)))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('ends on anything that is no JSON', () => {
    assert(property(string(), (text) => indentJson(text).length >= 0))
  })
})

describe('the drawer', () => {
  const open = (overrides = {}) =>
    mount(OrderDrawer, {
      global: { plugins: [createWords()] },
      props: {
        detail: detail(),
        error: null,
        revealed: false,
        revealAll: false,
        nowMs: 10 * hour,
        copyField: () => Promise.resolve(),
        copyOriginal: () => Promise.resolve(),
        editor: effectScope(true).run(() => useAnnotation(() => Promise.reject(new Error('not asked'))))!,
        tagsInUse: [],
        ...overrides,
      },
    })

  it('has a place for every column an order can have', () => {
    const placed = new Set<string>(drawerSections.flatMap(({ fields }) => fields))
    const elsewhere = ['stage', 'account', 'note', 'tags', 'flag']
    expect(orderColumns.filter((column) => !placed.has(column))).toEqual(elsewhere)
    expect(placed.size).toBe(drawerSections.flatMap(({ fields }) => fields).length)
  })

  it('shows each change once, with its axis, words and backward flag', () => {
    const changes = [
      change({ id: 2, from: { word: '开卡失败', code: '-460' }, to: { word: '待审核', code: '200' }, backward: true }),
      change({ id: 1, to: { word: '开卡失败', code: '-460' } }),
    ]
    const items = open({ detail: detail({ changes }) }).findAll('[data-testid=history-item]')
    expect(items).toHaveLength(2)
    expect(items[0]?.text()).toMatch(/生产.*开卡失败.*待审核.*状态回退/)
    expect(items[1]?.text()).toContain('首次同步')
  })

  it('says how long each step took, how long the last has stood, and whether it was pushed', () => {
    const changes = [
      change({ id: 3, seenAt: 80 * hour, pushed: true, from: { word: '待发货', code: '500' } }),
      change({ id: 2, seenAt: 4 * hour, from: { word: '待审核', code: '200' } }),
      change({ id: 1, seenAt: hour, from: null }),
    ]
    const drawer = open({ detail: detail({ changes }), nowMs: 82 * hour + 30 * 60_000 })
    expect(drawer.get('[data-testid=timeline-stands]').text()).toBe('至今已停留 2 小时 30 分钟')
    expect(drawer.findAll('[data-testid=timeline-between]').map((between) => between.text())).toEqual([
      '间隔 3 天 4 小时',
      '间隔 3 小时',
    ])
    expect(drawer.text().match(/上游推送|同步取回/g)).toEqual(['上游推送', '同步取回', '同步取回'])
  })

  it('shows the fields that the order has, and folds the names of the others away', () => {
    const drawer = open({ detail: detail({ row: row({ courier: null, trackingNo: null }) }) })
    const groups = drawer.findAll('section').map((section) => section.text())
    expect(groups.some((text) => text.includes('身份证号'))).toBe(true)
    expect(groups.some((text) => text.includes('运单号'))).toBe(false)
    const folded = drawer.get('[data-testid=order-empty-fields]')
    expect((folded.element as HTMLDetailsElement).open).toBe(false)
    expect(folded.text()).toContain('运单号')
  })

  it('copies by asking for the field, so that nothing unmasked waits in the page', async () => {
    const asked: string[] = []
    const drawer = open({ copyField: (field: string) => Promise.resolve(void asked.push(field)) })
    await drawer.get('[aria-label="复制手机号"]').trigger('click')
    await drawer.get('[data-testid=copy-trackingNo]').trigger('click')
    expect(asked).toEqual(['phone', 'trackingNo'])
    expect(drawer.text()).toContain('138****0013')
  })
})

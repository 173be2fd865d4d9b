import { mount } from '@vue/test-utils'
import { assert, jsonValue, property, string } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { orderColumns } from '#domain/vocabulary.ts'
import { createWords } from '#renderer/i18n/create-words.ts'
import { drawerSections } from '#renderer/pages/orders/drawer-sections.ts'
import { indentJson } from '#renderer/pages/orders/indent-json.ts'
import { timelineOf, valueText } from '#renderer/pages/orders/timeline.ts'
import OrderDrawer from '#renderer/pages/orders/widgets/OrderDrawer.vue'
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
        ...overrides,
      },
    })

  it('has a place for every column an order can have', () => {
    const placed = new Set<string>(drawerSections.flatMap(({ fields }) => fields))
    expect(orderColumns.filter((column) => !placed.has(column))).toEqual(['stage', 'account'])
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

  it('shows only the fields that the order has', () => {
    const text = open({ detail: detail({ row: row({ courier: null, trackingNo: null }) }) }).text()
    expect(text).toContain('身份证号')
    expect(text).not.toContain('运单号')
  })

  it('copies by asking for the field, so that nothing unmasked waits in the page', async () => {
    const asked: string[] = []
    const drawer = open({ copyField: (field: string) => Promise.resolve(void asked.push(field)) })
    await drawer.get('[aria-label="复制手机号"]').trigger('click')
    expect(asked).toEqual(['phone'])
    expect(drawer.text()).toContain('138****0013')
  })
})

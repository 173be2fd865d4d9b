import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOrdersContext, ordersContextKey } from '#renderer/pages/orders/context.ts'
import {
  cellOf,
  confidenceOf,
  decidedMeaning,
  isSameRules,
  previewColumns,
  statusRows,
  withMeaning,
  withPaths,
} from '#renderer/pages/mapping/draft.ts'
import MappingPage from '#renderer/pages/mapping/MappingPage.vue'
import { furtherZones, offsetName, offsets, usualZones } from '#renderer/pages/mapping/zones.ts'
import type { MappingRules } from '#shared/contract/mapping.ts'
import { AppError } from '#shared/errors.ts'
import { locales } from '#shared/locales/index.ts'
import { mappingView, noMapping } from './builders.ts'
import { open, type Answers } from './window.ts'

const words = locales['zh-CN'].mapping

describe('a draft', () => {
  it('decides a column and gives it back', () => {
    const decided = withPaths(noMapping(), 'phone', ['tel_b', 'tel_b', 'mobile'])
    expect(decided.fields).toEqual({ phone: ['tel_b', 'mobile'] })
    expect(withPaths(decided, 'remark', []).fields).toEqual({ phone: ['tel_b', 'mobile'], remark: [] })
    expect(withPaths(decided, 'phone', null)).toEqual(noMapping())
  })

  it('decides a word where there is one, else a code, each once', () => {
    const seen = { axis: 'production', word: '归档', code: '7' } as const
    const decided = withMeaning(withMeaning(noMapping(), seen, 'settled'), seen, 'failed')
    expect(decided).toMatchObject({ words: [{ axis: 'production', word: '归档', means: 'failed' }], codes: [] })
    expect(decidedMeaning(decided, seen)).toBe('failed')
    expect(decidedMeaning(decided, { ...seen, axis: 'refund' })).toBeNull()
    const bare = { ...seen, word: null }
    expect(withMeaning(noMapping(), bare, 'gone').codes).toEqual([{ axis: 'production', code: '7', means: 'gone' }])
    expect(withMeaning(decided, seen, null)).toEqual(noMapping())
  })

  it('is the same whatever the order of its decisions', () => {
    const one = withPaths(withPaths(noMapping(), 'phone', ['a']), 'remark', ['b'])
    const other = withPaths(withPaths(noMapping(), 'remark', ['b']), 'phone', ['a'])
    expect(isSameRules(one, other)).toBe(true)
    expect(isSameRules(one, withPaths(other, 'phone', ['a', 'b']))).toBe(false)
    expect(isSameRules(noMapping(), withPaths(noMapping(), 'phone', []))).toBe(false)
  })

  it('lists what the rules still say of words that came no more', () => {
    const decided = noMapping({ words: [{ axis: 'production', word: '旧词', means: 'gone' }] })
    expect(statusRows(mappingView(), decided).map(({ word, count }) => [word, count])).toEqual([
      ['归档', 12],
      ['旧词', 0],
    ])
  })

  it('tells how sure a column is', () => {
    const view = mappingView()
    expect(confidenceOf(view, 'orderNo')).toBe('high')
    expect(confidenceOf(view, 'phone')).toBe('none')
  })

  it('previews the columns that hold something, status first', () => {
    const view = mappingView()
    expect(previewColumns(view)).toEqual(['orderNo', 'production', 'customerName'])
    expect(cellOf(view.rows[0]!, 'production')).toBe('归档')
  })

  it('offers every fixed offset once, by name', () => {
    expect(new Set(offsets).size).toBe(offsets.length)
    expect([0, 480, -210, 345].map(offsetName)).toEqual(['UTC', 'UTC+8', 'UTC-3:30', 'UTC+5:45'])
  })

  it('offers zones by name once, and one that only another computer knows', () => {
    const all = furtherZones(null)
    expect(all).toContain('Africa/Cairo')
    expect(all).not.toContain('Asia/Tokyo')
    expect(furtherZones('Europe/Kyiv_Of_Later')[0]).toBe('Europe/Kyiv_Of_Later')
  })
})

describe('the mapping page', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }))
  afterEach(() => {
    vi.useRealTimers()
    document.body.innerHTML = ''
  })

  async function start(answers: Answers = {}) {
    const opened = open(MappingPage, {
      answers,
      provide: (app) => ({ [ordersContextKey as symbol]: createOrdersContext(app) }),
    })
    await Promise.all([opened.app.accounts.reload(), opened.app.settings.reload()])
    await settle()
    const find = (id: string) => opened.page.find(`[data-testid=${id}]`)
    return { ...opened, find }
  }

  async function settle(): Promise<void> {
    for (let turn = 0; turn < 12; turn += 1) await flushPromises()
    await vi.advanceTimersByTimeAsync(300)
    for (let turn = 0; turn < 12; turn += 1) await flushPromises()
  }

  it('shows what was recognised, and what a choice would change before it is saved', async () => {
    const asked: (MappingRules | null)[] = []
    const save = vi.fn(({ rules }: { rules: MappingRules }) => ({ rules, rerunDue: true }))
    const { find, page } = await start({
      'mapping.view': ({ rules }) => {
        asked.push(rules)
        return mappingView()
      },
      'mapping.save': save,
    })
    expect(find('mapping-preview').text()).toContain('张*')
    expect(find('mapping-unused').text()).toContain('tel_b')
    expect(find('mapping-save').exists()).toBe(false)

    await find('mapping-source-phone').setValue('path tel_b')
    await settle()
    expect(asked.at(-1)).toEqual(noMapping({ fields: { phone: ['tel_b'] } }))
    expect(save).not.toHaveBeenCalled()
    await find('mapping-save').trigger('click')
    await settle()
    expect(save.mock.calls[0]?.[0]).toMatchObject({ type: 'own', rules: { fields: { phone: ['tel_b'] } } })
    expect(find('mapping-save').exists()).toBe(false)
    expect(page.text()).toContain(words.rerun.due)
  })

  it('keeps a draft while another page is open, and each type its own', async () => {
    const { find, app } = await start()
    await find('mapping-source-phone').setValue('path tel_b')
    await settle()
    expect(app.mapping.drafts.get('own a1')?.fields).toEqual({ phone: ['tel_b'] })
    await find('mapping-type-distributor').find('input').setValue(true)
    await settle()
    expect((find('mapping-source-phone').element as HTMLSelectElement).value).toBe('automatic')
  })

  it('gives a status its stage', async () => {
    const { find, app } = await start()
    await find('mapping-tab-statuses').trigger('click')
    await find('mapping-means-0').setValue('settled')
    await settle()
    expect(app.mapping.drafts.get('own a1')?.words).toEqual([{ axis: 'production', word: '归档', means: 'settled' }])
  })

  it('takes the time zone from a short list first, from fixed offsets, or from all there are', async () => {
    const { find, app } = await start()
    await find('mapping-tab-reading').trigger('click')
    const select = find('mapping-zone')
    const firstChoices = [...select.element.children].map((one) => one.tagName)
    expect(firstChoices.filter((tag) => tag === 'OPTION')).toHaveLength(1 + usualZones.length)
    expect((select.element as HTMLSelectElement).value).toBe('automatic')
    const draft = () => app.mapping.drafts.get('own a1')
    await select.setValue('America/New_York')
    await settle()
    expect(draft()).toMatchObject({ zone: 'America/New_York', zoneMinutes: null })
    await select.setValue('330')
    await settle()
    expect(draft()).toMatchObject({ zone: null, zoneMinutes: 330 })
    await select.setValue('Africa/Cairo')
    await settle()
    expect(draft()).toMatchObject({ zone: 'Africa/Cairo', zoneMinutes: null })
    await select.setValue('automatic')
    await settle()
    expect(isSameRules(draft() ?? noMapping(), noMapping())).toBe(true)
  })

  it('previews what systems tell by a bare 0 or 1 in the words of the orders page', async () => {
    const view = mappingView()
    const [row] = view.rows
    const axes = { ...row!.axes, activation: { word: null, code: '1' }, recharge: { word: null, code: '0' } }
    const { find } = await start({ 'mapping.view': () => ({ ...view, rows: [{ ...row!, stage: 'activated', axes }] }) })
    const { activated, notRecharged } = locales['zh-CN'].orders.flags
    const cells = find('mapping-preview')
      .findAll('td')
      .map((cell) => cell.text())
    expect(cells).toContain(activated)
    expect(cells).toContain(notRecharged)
  })

  it('says what is wrong with a draft, keeps the last view, and does not save it', async () => {
    const { find } = await start({
      'mapping.view': ({ rules }) => {
        if (rules?.dateFormats.length === 0) return mappingView()
        throw new AppError('mappingInvalid', '', { data: { problem: 'dateFormat', at: 'dateFormats.0' } })
      },
    })
    await find('mapping-tab-reading').trigger('click')
    await find('mapping-formats').setValue('HH:mm')
    await settle()
    expect(find('mapping-fault').text()).toContain('第 1 个日期格式')
    expect(find('mapping-preview').exists()).toBe(true)
    expect(find('mapping-save').attributes()).toHaveProperty('disabled')
  })

  it('rebuilds with progress, can be cancelled, and tells the result', async () => {
    const done = Promise.withResolvers<void>()
    const cancelled = vi.fn()
    const { find } = await start({
      'mapping.get': () => ({ rules: noMapping({ zoneMinutes: 0 }), rerunDue: true }),
      'mapping.rerun': async (_input, { progress, signal }) => {
        signal.addEventListener('abort', cancelled)
        progress({ phase: 'reading', done: 3, total: 9 })
        await done.promise
        return { replies: 9, originals: 2, orders: 40, added: 1, changed: 30, removed: 0, unreadable: 0 }
      },
    })
    await find('mapping-rerun').trigger('click')
    await settle()
    expect(find('mapping-progress').text()).toContain('3 / 9')
    await find('mapping-cancel').trigger('click')
    done.resolve()
    await settle()
    expect(find('mapping-result').text()).toContain('40')
  })

  it('takes an imported file as a draft, and says what is wrong with another', async () => {
    let answer: () => { rules: MappingRules | null } = () => ({ rules: noMapping({ profile: 'haoYi' }) })
    const { find, app } = await start({ 'mapping.import': () => answer() })
    await find('mapping-import').trigger('click')
    await settle()
    expect(app.mapping.drafts.get('own a1')).toEqual(noMapping({ profile: 'haoYi' }))
    answer = () => {
      throw new AppError('mappingInvalid', '', { data: { problem: 'mappingNewer', at: 'version' } })
    }
    await find('mapping-import').trigger('click')
    await settle()
    expect(document.body.textContent).toContain(words.problems.mappingNewer)
  })

  it('lists unreadable items, masked until revealed', async () => {
    const { find, page } = await start({
      'mapping.unreadable': ({ reveal }) => ({
        items: [
          {
            id: 1,
            reason: 'noOrderNumber',
            original: reveal ? '{"tel":"13800138000"}' : '{"tel":"138****8000"}',
            firstSeenAt: 0,
            lastSeenAt: 0,
            times: 4,
          },
        ],
        total: 1,
      }),
    })
    await find('mapping-tab-unreadable').trigger('click')
    expect(find('mapping-unreadable').text()).toContain('138****8000')
    expect(find('mapping-unreadable').text()).toContain(words.unreadable.reasons.noOrderNumber)
    await find('mapping-unreadable-reveal').trigger('click')
    await settle()
    expect(page.text()).toContain('13800138000')
  })

  it('says so where nothing came yet', async () => {
    const { page } = await start({ 'mapping.view': () => mappingView({ source: 'none', rows: [] }) })
    expect(page.text()).toContain(words.source.none)
  })
})

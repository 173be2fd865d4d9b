import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultExportColumns } from '#domain/vocabulary.ts'
import type { Settings } from '#shared/contract/settings.ts'
import { allOrders } from '#shared/contract/orders.ts'
import { chosenSet, withoutSet, withSet } from '#renderer/export/column-sets.ts'
import { countOf, filterOf, firstScope, rememberedOptions, toRemember } from '#renderer/export/export-choice.ts'
import type { ShownOrders } from '#renderer/export/export-choice.ts'
import ExportDialog from '#renderer/export/ExportDialog.vue'
import { timeLeftMs, timeLeftWords } from '#renderer/export/time-left.ts'
import ExportBar from '#renderer/shell/ExportBar.vue'
import { counts, settings } from './builders.ts'
import { open, type Answers } from './window.ts'

const filter = { ...allOrders('a1'), type: 'own' as const, search: '张' }
const shown: ShownOrders = { filter, sort: { column: 'createdAt', descending: true }, total: 5, selected: null }
const marked: ShownOrders = { ...shown, selected: { filter: { ...filter, only: { ids: [1, 2] } }, count: 2 } }

afterEach(() => {
  document.body.innerHTML = ''
})

describe('which orders', () => {
  it('are the marked ones where there are any, else those shown', () => {
    expect(firstScope(shown)).toBe('filter')
    expect(firstScope(marked)).toBe('selection')
  })

  it.each([
    ['selection', { ...filter, only: { ids: [1, 2] } }, 2],
    ['filter', filter, 5],
    ['all', allOrders('a1'), 9],
  ] as const)('%s', (scope, expected, count) => {
    expect(filterOf(marked, scope)).toEqual(expected)
    expect(countOf(marked, scope, 9)).toBe(count)
  })

  it('are those shown where the marks are gone meanwhile', () => {
    expect(filterOf(shown, 'selection')).toEqual(filter)
    expect(countOf(shown, 'selection', 9)).toBe(5)
  })
})

it('remembers everything it was told', () => {
  const told: Partial<Settings> = {
    exportColumns: ['orderNo', 'phone'],
    exportMasked: true,
    exportFormat: 'xlsx',
    exportEncoding: 'gbk',
    exportDelimiter: 'tab',
    exportPlain: true,
    exportHistory: true,
  }
  expect(toRemember(rememberedOptions(settings(told)))).toEqual(told)
})

describe('column sets', () => {
  const sets = [{ name: '给代理', columns: ['orderNo' as const, 'phone' as const] }]

  it.each([
    [[...defaultExportColumns], { kind: 'standard' }],
    [['orderNo', 'phone'], { kind: 'saved', name: '给代理' }],
    // the order is part of it
    [['phone', 'orderNo'], { kind: 'own' }],
  ] as const)('know what %j is', (columns, expected) => {
    expect(chosenSet(columns, sets)).toEqual(expected)
  })

  it('take a name once, its latest columns with it', () => {
    expect(withSet(sets, ' 给代理 ', ['orderNo'])).toEqual([{ name: '给代理', columns: ['orderNo'] }])
    expect(withSet(sets, '对账', ['orderNo'])?.map(({ name }) => name)).toEqual(['给代理', '对账'])
    expect(withoutSet(sets, '给代理')).toEqual([])
  })

  it('are no more than the settings hold', () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ name: `${index}`, columns: ['orderNo' as const] }))
    expect(withSet(many, 'one more', ['orderNo'])).toBeNull()
    expect(withSet(many, '7', ['phone'])).toHaveLength(30)
  })
})

describe('the time left', () => {
  it.each([
    [1_000, 0.5, null],
    [10_000, 0.01, null],
    [10_000, 1, null],
    [10_000, 0.25, 30_000],
  ])('after %d ms at %d: %s', (passed, share, left) => {
    expect(timeLeftMs(5_000, 5_000 + passed, share)).toBe(left)
  })

  it.each([
    [400, { unit: 'leftSeconds', count: 1 }],
    [4_200, { unit: 'leftSeconds', count: 4 }],
    [31_000, { unit: 'leftSeconds', count: 35 }],
    [89_000, { unit: 'leftSeconds', count: 90 }],
    [150_000, { unit: 'leftMinutes', count: 3 }],
  ])('%d ms in words', (ms, words) => {
    expect(timeLeftWords(ms)).toEqual(words)
  })
})

/** The dialog as a merchant sees it; what it saves and starts is kept in order. */
async function openDialog(orders: ShownOrders = shown, patch: Partial<Settings> = {}) {
  const asked: [string, unknown][] = []
  const answers: Answers = {
    'orders.counts': () => ({ ...counts(6, 3), total: 9 }),
    'settings.set': (change) => {
      asked.push(['settings.set', change])
      return settings({ ...patch, ...change } as Partial<Settings>)
    },
    'exports.start': (input) => {
      asked.push(['exports.start', input])
      return { rows: 5, changes: 0, outsideGbk: 0, shortened: 0, file: '/tmp/a.csv', historyFile: null }
    },
  }
  const { page, app } = open(ExportDialog, {
    answers,
    props: { modelValue: true, shown: orders, settings: settings(patch) },
  })
  await flushPromises()
  const find = (id: string): HTMLElement => document.body.querySelector<HTMLElement>(`[data-testid="${id}"]`)!
  const press = async (element: HTMLElement, key: string): Promise<void> => {
    element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await flushPromises()
  }
  const choose = async (id: string): Promise<void> => {
    const element = find(id)
    const input = element.matches('input') ? element : (element.querySelector('input') ?? element)
    input.click()
    await flushPromises()
  }
  return { page, app, asked, find, press, choose }
}

describe('the dialog', () => {
  it('starts with what was chosen last on one press, and remembers it before the file is written', async () => {
    const { asked, find, page } = await openDialog(shown, { exportFormat: 'xlsx', exportMasked: true })
    expect(find('export-start').textContent).toContain('5')
    find('export-start').click()
    await flushPromises()
    expect(asked.map(([name]) => name)).toEqual(['settings.set', 'exports.start'])
    expect(asked[1]?.[1]).toMatchObject({ filter, sort: shown.sort, format: 'xlsx', masked: true, history: false })
    expect(page.emitted('update:modelValue')).toEqual([[false]])
  })

  it('starts on Enter in a field, but not where Enter opens something', async () => {
    const { asked, find, press } = await openDialog()
    await press(find('export-columns'), 'Enter')
    expect(asked).toEqual([])
    await press(document.body.querySelector<HTMLElement>('.el-radio-button input')!, 'Enter')
    expect(asked.at(-1)).toMatchObject(['exports.start', { format: 'csv' }])
  })

  it('takes the marked orders first, and all of the account when told', async () => {
    const { asked, find, choose } = await openDialog(marked)
    expect(find('export-start').textContent).toContain('2')
    await choose('export-all')
    expect(find('export-start').textContent).toContain('9')
    find('export-start').click()
    await flushPromises()
    expect(asked.at(-1)).toMatchObject(['exports.start', { filter: allOrders('a1') }])
  })

  it('asks for encoding and delimiter where there are any', async () => {
    const { find, choose } = await openDialog()
    expect(find('export-gbk')).not.toBeNull()
    await choose('export-xlsx')
    for (const id of ['export-gbk', 'export-semicolon', 'export-plain']) expect(find(id)).toBeNull()
  })

  it('saves the columns under a name with Enter, and starts nothing by that', async () => {
    const { asked, find, press } = await openDialog(shown, { exportColumns: ['orderNo', 'phone'] })
    find('export-save-set').click()
    await flushPromises()
    const name = find('export-set-name') as HTMLInputElement
    name.value = '给代理'
    name.dispatchEvent(new Event('input'))
    await press(name, 'Enter')
    expect(asked).toEqual([['settings.set', { exportColumnSets: [{ name: '给代理', columns: ['orderNo', 'phone'] }] }]])
  })
})

describe('the card of an export', () => {
  const order = { filter, sort: shown.sort, columns: ['orderNo' as const], plain: false }

  it('shows how far it is, and cancels', async () => {
    let aborted = false
    const { page, app } = open(ExportBar, {
      answers: {
        'exports.start': (_input, { progress, signal }) => {
          progress({ part: 'orders', rows: 2_500, total: 10_000, share: 0.25 })
          return new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted = true
              reject(signal.reason as Error)
            })
          })
        },
      },
    })
    void app.exporter.start(order)
    await flushPromises()
    expect(page.text()).toContain('2,500 / 10,000')
    expect(page.find('progress').attributes('value')).toBe('0.25')
    await page.find('[data-testid="export-cancel"]').trigger('click')
    await flushPromises()
    expect(aborted).toBe(true)
    expect(page.text()).toBe('')
  })

  it('stays with what must be known: signs that GBK lacks, cells that were cut', async () => {
    const { page, app } = open(ExportBar, {
      answers: {
        'exports.start': () => ({
          rows: 12_000,
          changes: 30,
          outsideGbk: 4,
          shortened: 1,
          file: '/tmp/a.csv',
          historyFile: null,
        }),
      },
    })
    await app.exporter.start(order)
    await flushPromises()
    const sentences = page.findAll('.sentence').map((sentence) => sentence.text())
    expect(sentences).toHaveLength(3)
    expect(sentences[0]).toMatch(/12,000.*30/)
  })
})

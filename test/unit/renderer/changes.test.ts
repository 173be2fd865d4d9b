import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ChangesFilter, FeedChange, FeedPlace } from '#shared/contract/changes.ts'
import { AppError } from '#shared/errors.ts'
import ChangesPage from '#renderer/pages/changes/ChangesPage.vue'
import { valuesOf } from '#renderer/pages/changes/changes-choice.ts'
import { addPage, changesIn, letGo, openBook, putBack } from '#renderer/pages/changes/feed-book.ts'
import { heightOf, linesBetween, linesOf } from '#renderer/pages/changes/feed-lines.ts'
import { mostHeight, placeWindow } from '#renderer/pages/changes/window-place.ts'
import { createOrdersContext, ordersContextKey } from '#renderer/pages/orders/context.ts'
import { change } from './builders.ts'
import { open, type Answers } from './window.ts'

/** 2026-11-24, noon in Beijing. */
const noon = Date.UTC(2026, 10, 24, 4)
const hour = 3_600_000

function feedChange(id: number, seenAt = noon, overrides: Partial<FeedChange> = {}): FeedChange {
  return {
    ...change({ id, seenAt, from: { word: '待发货', code: '500' } }),
    unread: true,
    order: {
      id,
      type: 'own',
      orderNo: `00202400000000${String(id).padStart(2, '0')}`,
      productName: '流量王29',
      customerName: '张*',
      phone: '138****0013',
    },
    ...overrides,
  }
}

describe('the lines of the feed', () => {
  const kinds = (changes: FeedChange[], before: number | null, since: number | null) =>
    linesOf(changes, before, since).map((line) => (line.kind === 'change' ? line.change.id : line.kind))

  it('begin each Beijing day with its heading, and no page with that of the day above', () => {
    const changes = [feedChange(3), feedChange(2, noon - 11 * hour), feedChange(1, noon - 13 * hour)]
    expect(kinds(changes, null, null)).toEqual(['day', 3, 2, 'day', 1])
    expect(kinds(changes, noon + hour, null)).toEqual([3, 2, 'day', 1])
  })

  it('tell what came since the last visit from what was there, once', () => {
    const changes = [feedChange(3), feedChange(2, noon - hour), feedChange(1, noon - 2 * hour)]
    expect(kinds(changes, null, noon - hour)).toEqual(['day', 3, 'since', 2, 1])
    expect(kinds(changes, null, noon)).toEqual(['day', 3, 2, 1])
    expect(kinds(changes, noon + hour, noon)).toEqual(['since', 3, 2, 1])
  })

  it('are found by where they stand', () => {
    const lines = linesOf([feedChange(2), feedChange(1)], null, null)
    expect(heightOf(lines)).toBe(36 * 3)
    expect(linesBetween(lines, 40, 60).map(({ top }) => top)).toEqual([36])
    expect(linesBetween(lines, 0, 73).map(({ top }) => top)).toEqual([0, 36, 72])
  })
})

describe('the book of the feed', () => {
  const place = (seenAt: number): FeedPlace => ({ seenAt, id: 1 })
  const two = addPage(
    openBook(null, { changes: [feedChange(4), feedChange(3, noon - 1)], next: place(noon - 1) }, null),
    { changes: [feedChange(2, noon - 2), feedChange(1, noon - 3)], next: null },
    null,
  )

  it('keeps the place and the height of a page that it lets go, and puts it back where it was', () => {
    const let1 = letGo(two, 1, 1)
    expect(let1.pages.map(({ lines }) => lines === null)).toEqual([true, false])
    expect(let1.pages.map(({ height }) => height)).toEqual(two.pages.map(({ height }) => height))
    const back = putBack(let1, 0, { changes: [feedChange(4), feedChange(3, noon - 1)], next: place(noon - 1) }, null)
    expect(back).toEqual(two)
    expect(letGo(two, 0, 1)).toBe(two)
  })

  it('knows where the last page ends', () => {
    expect(two.next).toBeNull()
    expect(two.pages.map(({ after }) => after)).toEqual([null, place(noon - 1)])
    expect(changesIn(two.pages[1]).map(({ id }) => id)).toEqual([2, 1])
  })
})

describe('the window on a feed of a million changes', () => {
  it('stays below what a browser can show, and moves without moving what is seen', () => {
    const total = 40_000_000
    let at = { base: 0, scrollTop: 0 }
    const seen = (): number => at.base + at.scrollTop
    for (let before = -1; seen() > before;) {
      before = seen()
      at = { base: at.base, scrollTop: Math.min(at.scrollTop + 900_000, Math.min(mostHeight, total - at.base) - 800) }
      const scrolled = seen()
      at = placeWindow(at, total)
      expect(seen()).toBe(scrolled)
    }
    expect(seen()).toBe(total - 800)
    for (let before = total; seen() < before;) {
      before = seen()
      at = placeWindow({ base: at.base, scrollTop: Math.max(0, at.scrollTop - 900_000) }, total)
    }
    expect(at).toEqual({ base: 0, scrollTop: 0 })
  })
})

it('offers from and to only what has happened together', () => {
  const moves = [
    { axis: 'production', from: '待审核', to: '开卡中' },
    { axis: 'production', from: '开卡中', to: '已发货' },
    { axis: 'activation', from: '0', to: '1' },
  ] as const
  expect(valuesOf(moves, { axis: 'production', from: null, to: null }).to.toSorted()).toEqual(['已发货', '开卡中'])
  expect(valuesOf(moves, { axis: 'production', from: '开卡中', to: null })).toMatchObject({ to: ['已发货'] })
  expect(valuesOf(moves, { axis: 'production', from: '待审核', to: '已发货' }).to).toContain('已发货')
})

describe('the page of changes', () => {
  beforeEach(() => {
    // happy-dom lays nothing out: what scrolls is 600 px high.
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    document.body.innerHTML = ''
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await flushPromises()
  }

  async function show(answers: Answers = {}) {
    const asked: ChangesFilter[] = []
    const read: (number[] | null)[] = []
    const opened = open(ChangesPage, {
      answers: {
        'changes.page': ({ filter }) => {
          asked.push(filter)
          return { changes: [feedChange(3), feedChange(2, noon - hour), feedChange(1, noon - 2 * hour)], next: null }
        },
        'changes.unread': () => ({ unread: 3, visitedAt: noon - hour }),
        'changes.transitions': () => [{ axis: 'production', from: '待发货', to: '已发货' }],
        'changes.markRead': ({ ids }) => {
          read.push(ids)
          return { unread: ids === null ? 0 : 2, visitedAt: null }
        },
        ...answers,
      },
      provide: (app) => ({ [ordersContextKey as symbol]: createOrdersContext(app) }),
    })
    await Promise.all([opened.app.settings.reload(), opened.app.accounts.reload()])
    await settle()
    return { ...opened, asked, read, rows: () => opened.page.findAll('[data-testid=change-row]') }
  }

  it('lists changes with what moved and whose order it is, and where the last visit ended', async () => {
    const { rows, page } = await show()
    expect(rows()).toHaveLength(3)
    expect(rows()[0]?.text()).toMatch(/未读12:00生产待发货.*已发货.*0020240000000003流量王29张\*138\*\*\*\*0013/)
    expect(page.findAll('[data-testid=changes-since]')).toHaveLength(1)
  })

  it('opens a change’s order and marks just that change as read', async () => {
    const { rows, page, read } = await show()
    await rows()[1]?.trigger('click')
    await settle()
    expect(page.find('[data-testid=order-drawer]').exists()).toBe(true)
    expect(read).toEqual([[2]])
    expect(rows().map((row) => row.text().startsWith('未读'))).toEqual([true, false, true])
    expect(page.get('[data-testid=changes-mark-all]').text()).toContain('（2）')
  })

  it('marks all as read by one press', async () => {
    const { rows, page, read } = await show()
    await page.get('[data-testid=changes-mark-all]').trigger('click')
    await settle()
    expect(read).toEqual([null])
    expect(rows().some((row) => row.text().startsWith('未读'))).toBe(false)
    expect(page.get('[data-testid=changes-mark-all]').attributes('disabled')).toBeDefined()
  })

  it('goes by the keys from change to change, with the order following once it is open', async () => {
    const { page } = await show()
    const feed = page.get('[data-testid=changes-feed]')
    await feed.trigger('keydown', { key: 'ArrowDown' })
    await settle()
    expect(feed.attributes('aria-activedescendant')).toBe('change-3')
    await feed.trigger('keydown', { key: 'Enter' })
    await feed.trigger('keydown', { key: 'ArrowDown' })
    await settle()
    expect(feed.attributes('aria-activedescendant')).toBe('change-2')
    expect(page.find('.open').attributes('id')).toBe('change-2')
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true }))
    await settle()
    expect(page.find('.open').attributes('id')).toBe('change-1')
  })

  it('asks for the type, the axis and the move that are chosen', async () => {
    const { page, asked } = await show()
    await page.get('[data-testid=changes-axis-production]').trigger('click')
    await settle()
    await page.get('[data-testid=changes-to]').setValue('=已发货')
    await settle()
    await page.get('[data-testid=changes-backward]').trigger('click')
    await settle()
    expect(asked.at(-1)).toEqual({
      accountId: 'a1',
      type: null,
      axis: 'production',
      from: null,
      to: '已发货',
      backward: true,
    })
  })

  it('says what to do where there is nothing, or where it cannot be read', async () => {
    const { page } = await show({ 'changes.page': () => ({ changes: [], next: null }) })
    expect(page.text()).toContain('还没有变动')
    await page.get('[data-testid=changes-axis-refund]').trigger('click')
    await settle()
    expect(page.text()).toContain('没有符合条件的变动')
    const locked = await show({
      'changes.page': () => {
        throw new AppError('passphraseNeeded')
      },
    })
    expect(locked.page.text()).toContain('解锁')
  })
})

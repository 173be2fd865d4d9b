import { describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { shownTotal, takePracticeAccount } from '../support/merchant.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** Cells and headings as they are seen: a pinned column and the rest of its row are different elements. */
const cell = ({ page }: RunningApp, row: number, column: string) =>
  page.locator(`.ag-row[row-index="${row}"] [col-id="${column}"]`)
const heading = ({ page }: RunningApp, column: string) => page.locator(`.ag-header-cell[col-id="${column}"]`)

async function openOrders(app: RunningApp): Promise<number> {
  await app.find('nav-orders').click()
  await cell(app, 0, 'orderNo').waitFor()
  return shownTotal(app)
}

async function filterBy(app: RunningApp, column: string, value: string): Promise<void> {
  await heading(app, column).hover()
  await heading(app, column).locator('.heading-menu').click()
  await app.find('filter-value').fill(value)
  await app.page.keyboard.press('Enter')
  await app.find('filter-chip').last().waitFor()
}

async function headings({ page }: RunningApp): Promise<string[]> {
  const cells = await page.locator('.ag-header-cell').all()
  const placed = await Promise.all(
    cells.map(async (one) => ({ name: await one.getAttribute('col-id'), x: (await one.boundingBox())?.x ?? 0 })),
  )
  return placed.toSorted((one, other) => one.x - other.x).map(({ name }) => name ?? '')
}

const clipboardText = ({ electron }: RunningApp): Promise<string> =>
  electron.evaluate(({ clipboard }) => clipboard.readText())
const clipboardHtml = ({ electron }: RunningApp): Promise<string> =>
  electron.evaluate(({ clipboard }) =>
    'readHTML' in clipboard ? (clipboard as unknown as { readHTML(): string }).readHTML() : '',
  )
const selected = async ({ find }: RunningApp): Promise<string> =>
  (await find('orders-selected').count()) === 0 ? '' : find('orders-selected').innerText()

describe('the grid', () => {
  it('keeps filters and columns over a restart, but no filter that names a customer', async () => {
    const dataDir = temporaryFolder()
    const app = await launchApp({ dataDir })
    await takePracticeAccount(app)
    const all = await openOrders(app)
    await filterBy(app, 'status', '发货')
    await filterBy(app, 'phone', '1')
    await expect.poll(() => shownTotal(app)).toBeLessThan(all)
    await app.find('choose-columns').click()
    await app.page.locator('[data-column="idNumber"]').check()
    await app.page.locator('[data-column="stage"]').uncheck()
    await app.page.keyboard.press('Escape')
    await heading(app, 'productName').click()
    await app.page.waitForTimeout(1_000)
    await app.close()

    const again = await launchApp({ dataDir })
    await openOrders(again)
    expect(await again.find('filter-chip').allInnerTexts()).toEqual([expect.stringContaining('发货')])
    const names = await headings(again)
    expect(names).not.toContain('stage')
    expect(await heading(again, 'productName').getAttribute('aria-sort')).toBe('descending')
    await again.find('choose-columns').click()
    expect(await again.page.locator('[data-column="idNumber"]').isChecked()).toBe(true)
    await again.find('columns-reset').click()
    await again.page.keyboard.press('Escape')
    expect(await headings(again)).toContain('stage')
    await again.find('clear-filters').click()
    await expect.poll(() => shownTotal(again)).toBe(all)
  })

  it('is worked by keys alone: ranges, all that match, and copies with full values', async () => {
    const app = await launchApp()
    const { keyboard } = app.page
    await takePracticeAccount(app)
    const all = await openOrders(app)
    await cell(app, 0, 'phone').click()
    await app.find('order-drawer').waitFor()
    await keyboard.press('Escape')
    await app.find('order-drawer').waitFor({ state: 'detached' })

    expect(await cell(app, 0, 'phone').innerText()).toContain('*')
    await keyboard.press('Control+c')
    await expect.poll(() => clipboardText(app)).toMatch(/^1\d{10}$/)

    await keyboard.press('Shift+ArrowDown')
    await keyboard.press('Shift+ArrowDown')
    await keyboard.press('Shift+ArrowUp')
    await expect.poll(() => selected(app)).toBe('已选 2')
    await keyboard.press('Control+c')
    await expect.poll(() => clipboardText(app)).toContain('订单号\t')
    const lines = (await clipboardText(app)).trimEnd().split('\r\n')
    expect(lines).toHaveLength(3)
    expect(lines[1]).toContain(await cell(app, 0, 'orderNo').innerText())
    expect(lines[1]).not.toContain('*')
    expect(await clipboardHtml(app)).toContain("mso-number-format:'\\@'")

    await keyboard.press('Control+a')
    await expect.poll(() => selected(app)).toBe(`已选 ${all.toLocaleString('en-US')}`)
    await keyboard.press('Space')
    await expect.poll(() => selected(app)).toBe(`已选 ${(all - 1).toLocaleString('en-US')}`)
    await keyboard.press('Escape')
    await expect.poll(() => selected(app)).toBe('')

    await keyboard.press('Control+End')
    await cell(app, all - 1, 'orderNo').waitFor()
    await keyboard.press('Control+Shift+Home')
    await expect.poll(() => selected(app)).toBe(`已选 ${all.toLocaleString('en-US')}`)
  })

  it('filters by the value of a cell from its menu, opened by a key', async () => {
    const app = await launchApp()
    await takePracticeAccount(app)
    const all = await openOrders(app)
    await cell(app, 0, 'stage').click()
    await app.page.keyboard.press('Escape')
    const stage = await cell(app, 0, 'stage').innerText()
    await app.page.keyboard.press('Shift+F10')
    await app.find('menu-filter').click()
    await expect.poll(() => shownTotal(app)).toBeLessThan(all)
    expect(await cell(app, 1, 'stage').innerText()).toBe(stage)
  })

  it('stays where it was scrolled to when orders change', async () => {
    const app = await launchApp()
    await takePracticeAccount(app)
    await openOrders(app)
    const viewport = app.page.locator('.ag-grid-scrolling-cells, .ag-body-viewport').first()
    await viewport.evaluate((element) => element.scrollTo(0, 2_000))
    await app.page.waitForTimeout(500)
    const before = await viewport.evaluate((element) => element.scrollTop)
    await app.page.keyboard.press('Control+r')
    await app.page.waitForTimeout(4_000)
    expect(await viewport.evaluate((element) => element.scrollTop)).toBe(before)
  })

  it('names what hides everything, and clears it by one press', async () => {
    const app = await launchApp()
    await takePracticeAccount(app)
    const all = await openOrders(app)
    await app.find('orders-search').fill('没有这样的订单')
    await app.page.getByText('没有符合条件的订单').waitFor()
    expect(await app.page.getByText('正在使用').innerText()).toContain('没有这样的订单')
    await app.page.getByRole('button', { name: '清除筛选' }).last().click()
    await expect.poll(() => shownTotal(app)).toBe(all)
  })
})

describe('views', () => {
  it('open what is to be done, are set in place, and are saved, changed, renamed and removed', async () => {
    const app = await launchApp()
    await takePracticeAccount(app)
    await openOrders(app)
    await expect.poll(() => app.find('view-failed').innerText(), { timeout: 10_000 }).toMatch(/\d/)
    const count = Number((await app.find('view-failed').innerText()).replaceAll(/\D/g, ''))
    await app.find('view-failed').click()
    await expect.poll(() => shownTotal(app)).toBe(count)
    expect((await headings(app)).slice(0, 4)).toEqual(['tick', 'orderNo', 'stage', 'reason'])

    await app.find('view-rechargeBelow').click()
    await app.find('view-number').fill('100000')
    await app.find('view-number').press('Enter')
    const below = async (): Promise<number> =>
      Number((await app.find('view-rechargeBelow').innerText()).replaceAll(/\D/g, ''))
    await expect.poll(async () => (await below()) - (await shownTotal(app)), { timeout: 10_000 }).toBe(0)

    await app.find('view-save-as').click()
    await app.find('view-name').fill('要追的')
    await app.find('view-name-save').click()
    await app.find('saved-view').waitFor()
    await expect.poll(() => app.find('view-bar').innerText()).toContain('要追的')
    await filterBy(app, 'productName', '流量')
    await app.find('view-changed').waitFor()
    await app.find('view-revert').click()
    await app.find('view-changed').waitFor({ state: 'detached' })
    await filterBy(app, 'productName', '流量')
    await app.find('view-save-changes').click()
    await app.find('view-changed').waitFor({ state: 'detached' })

    await app.find('nav-settings').click()
    await app.find('saved-view').click()
    expect(await app.find('filter-chip').innerText()).toContain('流量')
    await app.page.locator('.own .more').click()
    await app.find('view-rename').click()
    await app.find('view-name').fill('追单')
    await app.find('view-name-save').click()
    await expect.poll(() => app.find('saved-view').innerText()).toContain('追单')
    await app.page.locator('.own .more').click()
    await app.find('view-remove').click()
    await expect.poll(() => app.find('view-remove-confirm').innerText()).toContain('追单')
    await app.find('view-remove-confirm').click()
    await app.find('saved-view').waitFor({ state: 'detached' })
  })
})

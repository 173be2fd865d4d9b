import type { Page } from 'playwright-core'
import { escape, firstCell, openFirstOrder, openOrders, press, scrollTo, type Picture } from './steps.ts'

/** What can lie over the orders page, and its rarer states. */
export const orderStates: readonly Picture[] = [
  ...(
    [
      ['columns', (page) => press(page, 'choose-columns')],
      ['add-filter', (page) => press(page, 'add-filter')],
      ['filter-text', (page) => openColumn(page, 'productName')],
      ['filter-stage', (page) => openColumn(page, 'stage')],
      ['filter-date', (page) => openColumn(page, 'createdAt')],
      ['row-menu', (page) => firstCell(page, 'customerName').click({ button: 'right' })],
      ['calendar', (page) => page.getByTestId('range-picker').locator('.calendar').click()],
      ['shortcuts', (page) => page.keyboard.press('?')],
      ['account-switcher', (page) => page.locator('.switcher .current').click()],
    ] satisfies [string, (page: Page) => Promise<void>][]
  ).map(([name, over]) => ({
    name,
    async open(page: Page) {
      await openOrders(page)
      await over(page)
    },
    leave: escape,
  })),
  {
    name: 'all-selected',
    async open(page) {
      await openOrders(page)
      await firstCell(page, 'trackingNo').click()
      await escape(page)
      await page.keyboard.press('Control+a')
    },
    leave: escape,
  },
  {
    name: 'todo-view',
    open: (page) => press(page, 'view-shippedNotActivated'),
    leave: leaveView,
  },
  {
    name: 'filtered',
    async open(page) {
      await openOrders(page)
      await press(page, 'range-30d')
      await page.getByTestId('orders-search').fill('流量王')
      await firstCell(page, 'productName').waitFor()
    },
  },
  {
    name: 'view-name',
    open: (page) => press(page, 'view-save-as'),
    async leave(page) {
      await escape(page)
      await leaveView(page)
    },
  },
  {
    name: 'order-original',
    async open(page) {
      await openFirstOrder(page)
      await page.keyboard.press('F4')
      await press(page, 'order-original')
      await scrollTo(page.getByTestId('order-drawer'), 1)
    },
    async leave(page) {
      await page.keyboard.press('F4')
      await escape(page)
    },
  },
  {
    name: 'export-columns',
    async open(page) {
      await openOrders(page)
      await page.keyboard.press('Control+e')
      await press(page, 'export-pick')
    },
    leave: escape,
  },
]

async function openColumn(page: Page, column: string): Promise<void> {
  const heading = page.getByTestId('orders-grid').locator(`.ag-header-cell[col-id="${column}"]`)
  await heading.hover()
  await heading.locator('.heading-menu').click()
}

async function leaveView(page: Page): Promise<void> {
  const clear = page.getByTestId('clear-filters')
  if (await clear.isVisible()) await clear.click()
}

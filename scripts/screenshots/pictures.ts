import type { Page } from 'playwright-core'
import { escape, go, openFirstOrder, openOrders, type Picture } from './steps.ts'

/** Before there is an account. */
export const welcome: Picture = { name: 'welcome', open: (page) => go(page, 'orders') }

/** Every page, in every look. */
export const pictures: readonly Picture[] = [
  { name: 'orders', open: openOrders },
  { name: 'order', open: openFirstOrder, leave: escape },
  {
    name: 'nothing-found',
    async open(page) {
      await openOrders(page)
      await page.getByTestId('orders-search').fill('没有这样的订单')
      await page.getByTestId('orders-grid').locator('.ag-row').first().waitFor({ state: 'detached' })
    },
    leave: (page) => page.getByTestId('orders-search').fill(''),
  },
  ...['changes', 'statistics', 'sync', 'mapping', 'receiver', 'accounts', 'settings'].map((name) => ({
    name,
    open: (page: Page) => go(page, name),
  })),
  {
    name: 'export',
    async open(page) {
      await openOrders(page)
      await page.keyboard.press('Control+e')
      await page.getByTestId('export-start').waitFor()
    },
    leave: escape,
  },
]

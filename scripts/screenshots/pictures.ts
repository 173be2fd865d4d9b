import type { Page } from 'playwright-core'

/** One page as it is photographed: how a merchant gets there, and back. */
export interface Picture {
  readonly name: string
  open(page: Page): Promise<void>
  leave?(page: Page): Promise<void>
}

const go = (page: Page, name: string): Promise<void> => page.getByTestId(`nav-${name}`).click()
const escape = (page: Page): Promise<void> => page.keyboard.press('Escape')

async function openOrders(page: Page): Promise<void> {
  await go(page, 'orders')
  await page.getByTestId('tab-own').click()
  await page.getByTestId('orders-grid').locator('.ag-row').first().waitFor()
}

async function openFirstOrder(page: Page): Promise<void> {
  await openOrders(page)
  await page.getByTestId('orders-grid').locator('.ag-row [col-id="productName"]').first().click()
  await page.getByTestId('order-drawer').waitFor()
}

/** Before there is an account. */
export const welcome: Picture = { name: 'welcome', open: (page) => go(page, 'orders') }

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

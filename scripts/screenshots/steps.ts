import type { Locator, Page } from 'playwright-core'

/** One state of the window as it is photographed: how a merchant gets there, and back. */
export interface Picture {
  readonly name: string
  open(page: Page): Promise<void>
  leave?(page: Page): Promise<void>
}

export const go = (page: Page, name: string): Promise<void> => page.getByTestId(`nav-${name}`).click()
export const press = (page: Page, name: string): Promise<void> => page.getByTestId(name).click()
export const escape = (page: Page): Promise<void> => page.keyboard.press('Escape')
export const firstCell = (page: Page, column: string): Locator =>
  page.getByTestId('orders-grid').locator(`.ag-row [col-id="${column}"]`).first()

export async function openOrders(page: Page): Promise<void> {
  await go(page, 'orders')
  await press(page, 'tab-own')
  await page.getByTestId('orders-grid').locator('.ag-row').first().waitFor()
}

/** The form of a new account, with what is rarely needed unfolded. */
export async function openAccountForm(page: Page): Promise<void> {
  await go(page, 'accounts')
  await page.locator('.page-head .el-button--primary').click()
  await press(page, 'account-advanced')
}

export async function openFirstOrder(page: Page): Promise<void> {
  await openOrders(page)
  await firstCell(page, 'productName').click()
  await page.getByTestId('order-drawer').waitFor()
}

/** Scrolls whatever scrolls around or within this element: 0 its beginning, 1 its end. */
export async function scrollTo(locator: Locator, part: number): Promise<void> {
  await locator.evaluate((element, share) => {
    const inner = [element, ...element.querySelectorAll('*')]
    const box = inner.find(
      (one) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== 'visible',
    )
    box?.scrollTo(0, (box.scrollHeight - box.clientHeight) * share)
  }, part)
}

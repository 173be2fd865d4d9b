import { expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { openFirstOrder, shownTotal, takePracticeAccount } from '../support/merchant.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const title = (app: RunningApp): Promise<string> => app.find('order-drawer').locator('h2').innerText()
const saved = (app: RunningApp) => app.find('annotation-state').filter({ hasText: '已保存' }).waitFor()

async function openOrders(app: RunningApp): Promise<void> {
  await app.find('nav-orders').click()
  await app.find('tab-own').click()
  await app.find('orders-grid').locator('.ag-row').first().waitFor()
}

it('keeps what a merchant notes at an order, finds it by that, and steps through the list by the keys', async () => {
  const dataDir = temporaryFolder()
  const app = await launchApp({ dataDir })
  const { keyboard } = app.page
  await takePracticeAccount(app)
  await openOrders(app)
  await openFirstOrder(app)
  const noted = await title(app)

  await app.find('flag-red').click()
  await app.find('order-tag-field').fill('改地址')
  await keyboard.press('Enter')
  await app.find('order-note').fill('客户改到周末收货\n送到门卫')
  await saved(app)

  // The keys go on working from within the note; letters stay letters there.
  await app.find('order-note').press('End')
  await keyboard.type('jk')
  expect(await title(app)).toBe(noted)
  await keyboard.press('Alt+ArrowDown')
  await expect.poll(() => title(app)).not.toBe(noted)
  await expect.poll(() => app.find('order-note').inputValue()).toBe('')
  expect(await app.find('order-tag').count()).toBe(0)
  await app.find('order-drawer').focus()
  await keyboard.press('k')
  await expect.poll(() => title(app)).toBe(noted)
  await expect.poll(() => app.find('order-note').inputValue()).toBe('客户改到周末收货\n送到门卫jk')

  // A tag in use is offered at the next order.
  await keyboard.press('j')
  await expect.poll(() => title(app)).not.toBe(noted)
  await app.find('order-tag-field').fill('改')
  await app.page.getByRole('option', { name: '改地址' }).waitFor()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await saved(app)
  expect(await app.find('order-tag').innerText()).toContain('改地址')
  await keyboard.press('Escape')
  await keyboard.press('Escape')
  await app.find('order-drawer').waitFor({ state: 'detached' })

  await app.find('orders-search').fill('周末收货')
  await expect.poll(() => shownTotal(app)).toBe(1)
  await app.find('orders-search').fill('改地址')
  await expect.poll(() => shownTotal(app)).toBe(2)
  await app.close()

  const again = await launchApp({ dataDir })
  await openOrders(again)
  await again.find('orders-search').fill('门卫')
  await expect.poll(() => shownTotal(again)).toBe(1)
  await openFirstOrder(again)
  expect(await title(again)).toBe(noted)
  expect(await again.find('flag-red').getAttribute('aria-pressed')).toBe('true')
})

it('copies a field in full, folds away what is empty, and shows the original masked', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  await openOrders(app)
  await openFirstOrder(app)
  const drawer = app.find('order-drawer')
  const phone = /1\d{2}\*{4}\d{4}/
  await expect.poll(() => drawer.innerText()).toMatch(phone)
  await app.find('order-original').click()
  expect(await drawer.locator('pre').innerText()).toMatch(phone)
  await app.find('copy-phone').click()
  await expect.poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText())).toMatch(/^1\d{10}$/)
  expect(await drawer.locator('pre').innerText(), 'copying reveals nothing').toMatch(phone)
  expect(await app.find('order-empty-fields').locator('p').isVisible()).toBe(false)
  await app.find('order-reveal').click()
  await expect.poll(() => drawer.locator('pre').innerText()).not.toMatch(phone)
})

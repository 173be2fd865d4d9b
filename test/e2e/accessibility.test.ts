import { expect, it } from 'vitest'
import { launchApp } from '../support/app.ts'
import { seriousFindings } from '../support/axe.ts'
import { openFirstOrder, pages, takePracticeAccount } from '../support/merchant.ts'

/** WCAG 2.2 AA by axe, on every page as a merchant meets it. */

it('has nothing serious against it in either theme, from the welcome to the last page', async () => {
  const app = await launchApp()
  expect.soft(await seriousFindings(app.page), 'welcome').toEqual([])
  await takePracticeAccount(app)
  for (const theme of ['light', 'dark']) {
    await app.find('nav-settings').click()
    await app.find(`theme-${theme}`).click()
    for (const name of pages) {
      await app.find(`nav-${name}`).click()
      await app.page.waitForTimeout(400)
      expect.soft(await seriousFindings(app.page), `${name}, ${theme}`).toEqual([])
    }
    await app.find('nav-orders').click()
    await openFirstOrder(app)
    expect.soft(await seriousFindings(app.page), `an order, ${theme}`).toEqual([])
    await app.page.keyboard.press('Escape')
  }
})

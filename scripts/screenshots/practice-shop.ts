import type { Page } from 'playwright-core'

const syncLimitMs = 180_000
const stepLimitMs = 15_000

/** The practice account as a merchant's some weeks on: four months read, then a week that moved what was there. */
export async function fillPracticeShop(page: Page): Promise<void> {
  page.setDefaultTimeout(syncLimitMs)
  // The account is named in the language it is made in: its merchants' own.
  await page.getByTestId('nav-settings').click()
  await page.getByTestId('locale-zh').click()
  await page.getByTestId('nav-orders').click()
  await page.getByTestId('welcome-practice').click()
  await page.getByTestId('nav-sync').click()
  await page.getByTestId('sync-result').waitFor()
  await page.locator('[data-testid^="backfill-"]:not([data-testid="backfill-dismiss"])').last().click()
  await whenSynced(page)
  await page.getByTestId('practice-advance-7').click()
  await page.getByTestId('sync-both').click()
  await whenSynced(page)
  page.setDefaultTimeout(stepLimitMs)
}

async function whenSynced(page: Page): Promise<void> {
  const progress = page.getByTestId('sync-progress')
  await progress.waitFor()
  await progress.waitFor({ state: 'detached' })
}

import type { Page } from 'playwright-core'
import { go, press } from './steps.ts'

const syncLimitMs = 180_000
const stepLimitMs = 15_000

/** The practice account as a merchant's some weeks on: four months read, then a week that moved what was there. */
export async function fillPracticeShop(page: Page): Promise<void> {
  page.setDefaultTimeout(syncLimitMs)
  // The account is named in the language it is made in: its merchants' own.
  await go(page, 'settings')
  await press(page, 'locale-zh')
  await go(page, 'orders')
  await press(page, 'welcome-practice')
  await go(page, 'sync')
  await page.getByTestId('sync-result').waitFor()
  await page.locator('[data-testid^="backfill-"]:not([data-testid="backfill-dismiss"])').last().click()
  await whenSynced(page)
  await press(page, 'practice-advance-7')
  await press(page, 'sync-both')
  await whenSynced(page)
  page.setDefaultTimeout(stepLimitMs)
}

async function whenSynced(page: Page): Promise<void> {
  const progress = page.getByTestId('sync-progress')
  await progress.waitFor()
  await progress.waitFor({ state: 'detached' })
}

import type { Page } from 'playwright-core'
import { escape, go, openAccountForm, press, scrollTo, type Picture } from './steps.ts'

/** Further parts and states of the other pages. */
export const pageStates: readonly Picture[] = [
  lower('statistics', 0.45),
  lower('statistics', 1),
  lower('sync', 0.5),
  lower('sync', 1),
  lower('receiver', 1),
  lower('settings', 0.5),
  lower('settings', 1),
  {
    name: 'statistics-tables',
    async open(page) {
      await go(page, 'statistics')
      for (const section of ['daily', 'funnel', 'money']) await press(page, `statistics-${section}-table`)
    },
    async leave(page) {
      for (const section of ['daily', 'funnel', 'money']) await press(page, `statistics-${section}-chart`)
    },
  },
  {
    name: 'changes-filtered',
    async open(page) {
      await go(page, 'changes')
      await press(page, 'changes-axis-activation')
    },
    leave: (page) => press(page, 'changes-axis-all'),
  },
  {
    name: 'changes-calendar',
    async open(page) {
      await go(page, 'changes')
      await press(page, 'changes-day')
    },
    leave: escape,
  },
  {
    name: 'changes-nothing',
    async open(page) {
      await go(page, 'changes')
      await press(page, 'changes-axis-refund')
      await press(page, 'changes-backward')
    },
    async leave(page) {
      await press(page, 'changes-backward')
      await press(page, 'changes-axis-all')
    },
  },
  ...['statuses', 'reading', 'unreadable'].map((tab) => ({
    name: `mapping-${tab}`,
    async open(page: Page) {
      await go(page, 'mapping')
      await press(page, `mapping-tab-${tab}`)
    },
    leave: (page: Page) => press(page, 'mapping-tab-fields'),
  })),
  {
    name: 'account-form',
    open: openAccountForm,
    leave: escape,
  },
  {
    name: 'passphrase',
    async open(page) {
      await go(page, 'settings')
      await page.locator('.el-button', { hasText: /设置口令|Set passphrase/u }).click()
    },
    leave: escape,
  },
]

function lower(name: string, part: number): Picture {
  return {
    name: `${name}-${part === 1 ? 'end' : 'middle'}`,
    async open(page) {
      await go(page, name)
      await page.waitForTimeout(300)
      await scrollTo(page.locator('main'), part)
    },
    leave: (page) => scrollTo(page.locator('main'), 0),
  }
}

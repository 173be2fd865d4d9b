import type { Page } from '../stores/view.ts'

/** The page to show: without an account, orders and sync have nothing to say, so Welcome stands in for them. */
export function shownPage(page: Page, accounts: number): Page | 'welcome' {
  return accounts === 0 && (page === 'orders' || page === 'sync') ? 'welcome' : page
}

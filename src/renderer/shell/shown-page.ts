import type { Page } from '../stores/view.ts'

/** The page to show: without an account, these have nothing to say, so Welcome stands in for them. */
const aboutAnAccount: ReadonlySet<Page> = new Set(['orders', 'changes', 'statistics', 'sync', 'mapping', 'receiver'])

export function shownPage(page: Page, accounts: number): Page | 'welcome' {
  return accounts === 0 && aboutAnAccount.has(page) ? 'welcome' : page
}

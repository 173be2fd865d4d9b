import type { Page } from 'playwright-core'
import { escape, go, openAccountForm, press, type Picture } from './steps.ts'

/** A gateway where nobody listens: what the upstream cannot do is seen without asking anybody. */
const gateway = 'https://127.0.0.1:9'
const passphrase = '只用于截图的口令'

/** An account of the merchant's own beside the practice one. */
export async function addOwnAccount(page: Page): Promise<void> {
  await openAccountForm(page)
  for (const [name, value] of Object.entries({ label: '张三店', key: 'k', token: 't', gateway })) {
    await page.getByTestId(`account-${name}`).fill(value)
  }
  await press(page, 'account-save')
  await page.getByTestId('vault-new-passphrase').or(page.getByTestId('vault-passphrase')).fill(passphrase)
  await page.getByTestId('vault-repeat').fill(passphrase)
  await press(page, 'vault-send')
  await page.getByTestId('vault-send').waitFor({ state: 'detached' })
  await page.getByTestId('account-form').waitFor({ state: 'detached' })
}

/** What only an account of one's own can meet: nothing yet, an upstream that fails, no network, the recovery code. */
export const ownAccountStates: readonly Picture[] = [
  { name: 'own-accounts', open: (page) => go(page, 'accounts') },
  {
    name: 'own-sync-failed',
    async open(page) {
      await go(page, 'sync')
      await press(page, 'sync-own')
      await page.getByTestId('sync-result').waitFor()
    },
  },
  { name: 'own-no-orders', open: (page) => go(page, 'orders') },
  { name: 'own-no-changes', open: (page) => go(page, 'changes') },
  { name: 'own-no-statistics', open: (page) => go(page, 'statistics') },
  { name: 'own-no-mapping', open: (page) => go(page, 'mapping') },
  {
    name: 'own-remove',
    async open(page) {
      await go(page, 'accounts')
      await page
        .locator('.el-button', { hasText: /^\s*(移除|Remove)/u })
        .last()
        .click()
    },
    leave: escape,
  },
  {
    name: 'own-recovery-code',
    async open(page) {
      await go(page, 'settings')
      if (await page.getByTestId('recovery-show').isVisible()) await press(page, 'recovery-show')
    },
  },
  {
    name: 'own-offline',
    async open(page) {
      await page.context().setOffline(true)
      await go(page, 'orders')
    },
    leave: (page) => page.context().setOffline(false),
  },
]

import { expect } from 'vitest'
import type { PracticeGateway } from '../../src/practice/gateway.ts'
import type { RunningApp } from './app.ts'
import { accountOf } from './upstream.ts'

/** What a merchant does in the window, step by step. */

const syncLimitMs = 60_000

/** Its first sync starts by itself; waits until that has ended. */
export async function takePracticeAccount(app: RunningApp): Promise<void> {
  await app.find('welcome-practice').click()
  await app.find('nav-sync').click()
  await app.find('sync-result').waitFor({ timeout: syncLimitMs })
}

/** Types an account of this upstream into the form and saves it. */
export async function addAccount(app: RunningApp, gateway: PracticeGateway, label = '张三店'): Promise<void> {
  const { key, token, sk, gateway: address } = accountOf(gateway, label)
  await app.find('welcome-add').click()
  await app.find('account-form').waitFor()
  await app.find('account-advanced').click()
  for (const [name, value] of Object.entries({ label, key, token, sk, gateway: address })) {
    await app.find(`account-${name}`).fill(value)
  }
  await app.find('account-save').click()
  await app.find('account-form').waitFor({ state: 'detached' })
}

/** Presses a sync button and waits until that sync has ended; returns the text of its result. */
export async function sync(app: RunningApp, button: 'own' | 'distributor' | 'both' = 'both'): Promise<string> {
  await app.find('nav-sync').click()
  await app.find(`sync-${button}`).click()
  await app.find('sync-progress').waitFor({ state: 'detached', timeout: syncLimitMs })
  return app.find('sync-result').innerText({ timeout: syncLimitMs })
}

/** The number of orders that a tab shows, once it is the expected one. */
export async function expectTotal(app: RunningApp, tab: 'own' | 'distributor', count: number): Promise<void> {
  await app.find('nav-orders').click()
  await app.find(`tab-${tab}`).click()
  await expect.poll(() => shownTotal(app), { timeout: 30_000 }).toBe(count)
}

export async function shownTotal(app: RunningApp): Promise<number> {
  return Number(await app.find('orders-total').innerText())
}

export const pages = ['orders', 'changes', 'statistics', 'sync', 'mapping', 'receiver', 'accounts', 'settings'] as const
/** So long after the press a page is looked at. */
const settleMs = 300

/** Opens every page one after the other, and looks at each. */
export async function onEveryPage(app: RunningApp, look: (name: string) => Promise<void>): Promise<void> {
  for (const name of pages) {
    await app.find(`nav-${name}`).click()
    await app.page.waitForTimeout(settleMs)
    await look(name)
  }
}

export async function openFirstOrder(app: RunningApp): Promise<void> {
  await app.find('orders-grid').locator('.ag-row [col-id="productName"]').first().click()
  await app.find('order-drawer').waitFor()
}

/** Answers the next "save as" dialog with this file. */
export async function chooseExportFile(app: RunningApp, file: string): Promise<void> {
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
}

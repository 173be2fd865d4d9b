import { join } from 'node:path'
import { expect, it } from 'vitest'
import { launchApp } from '../support/app.ts'
import { readCsv } from '../support/csv.ts'
import { chooseExportFile, openFirstOrder, shownTotal, sync, takePracticeAccount } from '../support/merchant.ts'

/** The columns merchants know from the trade's own exports. */
const header =
  '订单号,下单时间,套餐,姓名,身份证号,手机号,省,市,区,详细地址,生产号码,订单状态,阶段,失败原因,备注,物流公司,运单号,激活状态,激活时间,首充金额,佣金,结算状态,订单来源'

it('takes the practice account from the first sync to a file that Excel opens', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  await app.find('nav-orders').click()
  await app.find('tab-own').click()
  await app.find('orders-grid').locator('.ag-row').first().waitFor()
  const first = await shownTotal(app)
  expect(first).toBeGreaterThan(0)
  await openFirstOrder(app)
  await app.page.keyboard.press('Escape')
  await app.find('order-drawer').waitFor({ state: 'hidden' })

  // A week on: new orders came, and those seen have moved.
  await app.find('nav-sync').click()
  await app.find('practice-advance-7').click()
  await sync(app)
  await app.find('nav-orders').click()
  await expect.poll(() => shownTotal(app)).toBeGreaterThan(first)
  const all = await shownTotal(app)
  await openFirstOrder(app)
  await expect.poll(() => app.find('history-item').count()).toBeGreaterThan(0)
  await app.page.keyboard.press('Escape')

  // What the first sync brought is older than that by now.
  await app.find('range-7d').click()
  await expect.poll(() => shownTotal(app)).toBeLessThan(all)
  const shown = await shownTotal(app)
  expect(shown).toBeGreaterThan(0)

  const file = join(app.dataDir, 'orders.csv')
  await chooseExportFile(app, file)
  await app.find('export-csv').click()
  await app.find('export-start').click()
  await expect.poll(() => existing(file)?.rows.length, { timeout: 30_000 }).toBe(shown)
  const { raw, header: columns, rows } = readCsv(file)
  expect(raw.charCodeAt(0)).toBe(0xfeff)
  expect(columns.join(',')).toBe(header)
  expect(raw.endsWith('\r\n')).toBe(true)
  expect(raw).toMatch(/"=""\d{12,}"""/)
  expect(rows.every((row) => /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/.test(row['下单时间'] ?? ''))).toBe(true)
  expect(rows.every((row) => !(row['手机号'] ?? '').includes('*'))).toBe(true)
})

function existing(file: string): ReturnType<typeof readCsv> | null {
  try {
    return readCsv(file)
  } catch {
    return null
  }
}

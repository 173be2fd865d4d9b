import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { houseCode } from '../../src/practice/reply/rows/house.ts'
import { launchApp, type RunningApp } from '../support/app.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { passphrase } from '../support/commands.ts'
import { addAccount, expectTotal, shownTotal, sync } from '../support/merchant.ts'
import { startUpstream } from '../support/upstream.ts'

const env = { HAOKA_PASSPHRASE: passphrase }

async function feed(app: RunningApp, column: string, path: string): Promise<void> {
  await app.find(`mapping-source-${column}`).selectOption(`path ${path}`)
}

/** The order that a search for its number finds, as the drawer shows it. */
async function orderText(app: RunningApp, orderNo: string): Promise<string> {
  await app.find('nav-orders').click()
  await app.find('tab-own').click()
  await app.find('orders-search').fill(orderNo)
  await expect.poll(() => shownTotal(app)).toBe(1)
  await app.find('orders-grid').locator('.ag-row [col-id="productName"]').first().click()
  const text = await app.find('order-drawer').innerText()
  await app.page.keyboard.press('Escape')
  return text
}

it('corrects a mapping by the look of real rows, and rebuilds every order by it', async () => {
  const upstream = await startUpstream({ shape: 'house+dataList' })
  const own = upstream.truth().filter((order) => order.type === 'own')
  const shipped = own.find(({ stage, fields }) => stage === 'shipped' && fields.trackingNo !== undefined)!
  const app = await launchApp({ dataDir: temporaryFolder(), env })
  await addAccount(app, upstream)
  await sync(app, 'own')
  await expectTotal(app, 'own', own.length)

  // What the app makes of it by itself: the row id for a number, the salesman's phone, no stage, no time.
  await app.find('nav-mapping').click()
  await app.find('mapping-preview').waitFor()
  expect(await app.find('mapping-preview').innerText()).not.toContain(shipped.orderNo)
  await feed(app, 'orderNo', 'slip')
  await feed(app, 'phone', 'tel_b')
  await feed(app, 'createdAt', 'placed_when')
  await feed(app, 'courier', 'waybill_firm')
  await app.find('mapping-tab-statuses').click()
  const code = String(houseCode('550'))
  const row = app
    .find('mapping-statuses')
    .locator('tr', { has: app.page.locator(`td:nth-child(3):text-is("${code}")`) })
  await row.first().locator('select').selectOption('shipped')
  await app.find('mapping-tab-reading').click()
  await app.find('mapping-formats').fill('DD/MM/YYYY HH:mm:ss')
  await app.find('mapping-zone').selectOption('0')
  await expect.poll(() => app.find('mapping-preview').innerText()).toContain(own[0]!.fields.createdAt!.slice(0, 7))
  expect(await orderCount(app, own[0]!.orderNo), 'a preview writes nothing').toBe(0)
  await expectTotal(app, 'own', own.length)

  await app.find('nav-mapping').click()
  await app.find('mapping-preview').waitFor()
  await app.find('mapping-save-rerun').click()
  await app.find('mapping-result').waitFor({ timeout: 60_000 })
  await expectTotal(app, 'own', own.length)
  const text = await orderText(app, shipped.orderNo)
  expect(text).toContain(shipped.fields.createdAt!)
  expect(text).toContain('已发货')
  expect(text).toContain(`${shipped.fields.phone!.slice(0, 3)}****${shipped.fields.phone!.slice(-4)}`)

  // As a file to another account, or back after "everything automatic".
  const file = join(app.dataDir, 'mapping.json')
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] })
  }, file)
  await app.find('nav-mapping').click()
  await app.find('mapping-export').click()
  await expect.poll(() => exists(file)).toBe(true)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ version: 1, rules: { fields: { orderNo: ['slip'] } } })
  writeFileSync(file, '{"format":"haoka-desk-mapping","version":9}')
  await app.find('mapping-import').click()
  await app.page.getByText('文件来自更新的版本').waitFor()
  expect(await app.find('mapping-source-orderNo').inputValue()).toBe('path slip')
})

async function orderCount(app: RunningApp, orderNo: string): Promise<number> {
  await app.find('nav-orders').click()
  await app.find('orders-search').fill(orderNo)
  await app.page.waitForTimeout(600)
  const count = await shownTotal(app)
  await app.find('orders-search').fill('')
  return count
}

function exists(file: string): boolean {
  try {
    return readFileSync(file).length > 0
  } catch {
    return false
  }
}

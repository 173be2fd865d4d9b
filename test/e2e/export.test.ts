import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { readCsv } from '../support/csv.ts'
import { chooseExportFile, shownTotal, takePracticeAccount } from '../support/merchant.ts'
import { readXlsx, shownTexts } from '../support/xlsx.ts'

async function openOrders(): Promise<RunningApp> {
  const app = await launchApp()
  await takePracticeAccount(app)
  await app.find('nav-orders').click()
  await app.find('orders-grid').locator('.ag-row').first().waitFor()
  return app
}

/** Counts what the folder would be opened for, and opens nothing. */
async function watchFolders(app: RunningApp): Promise<() => Promise<string[]>> {
  await app.electron.evaluate(({ shell }) => {
    const seen: string[] = []
    Object.assign(globalThis, { seenFolders: seen })
    shell.showItemInFolder = (file) => void seen.push(file)
  })
  return () => app.electron.evaluate(() => (globalThis as unknown as { seenFolders: string[] }).seenFolders)
}

/** Which element a key press would go to. */
function focused(app: RunningApp): Promise<string | null | undefined> {
  return app.page.evaluate(() => document.activeElement?.getAttribute('data-testid'))
}

/** Cells of a column as the grid shows them, from the top. */
function gridCells(app: RunningApp, column: string): Promise<string[]> {
  return app
    .find('orders-grid')
    .locator(`.ag-row [col-id="${column}"]`)
    .evaluateAll((cells) => {
      const rows = cells.map(
        (cell) => [Number(cell.closest('.ag-row')?.getAttribute('row-index')), cell.textContent.trim()] as const,
      )
      return rows.toSorted(([a], [b]) => a - b).map(([, text]) => text)
    })
}

describe('the export dialog', () => {
  it('is led by the keyboard alone to a workbook that holds what the grid shows', async () => {
    const app = await openOrders()
    const folders = await watchFolders(app)
    const file = join(app.dataDir, 'orders.xlsx')
    await chooseExportFile(app, file)
    const shown = await shownTotal(app)
    const products = await gridCells(app, 'productName')

    await app.page.keyboard.press('Control+e')
    await expect.poll(() => focused(app)).toBe('export-start')
    // Backwards from the main button to the format, and one to the right.
    const format = app.page.getByRole('radio', { name: 'CSV' })
    for (
      let presses = 0;
      presses < 20 && !(await format.evaluate((radio) => radio === document.activeElement));
      presses += 1
    )
      await app.page.keyboard.press('Shift+Tab')
    await app.page.keyboard.press('ArrowRight')
    await expect.poll(() => app.page.getByRole('radio', { name: 'XLSX' }).isChecked()).toBe(true)
    await app.page.keyboard.press('Enter')
    await app.find('export-show').waitFor()

    const [sheet] = readXlsx(file)
    const texts = shownTexts(sheet!)
    expect(texts).toHaveLength(shown + 1)
    expect(sheet!.name).toBe('订单')
    const column = texts[0]!.indexOf('套餐')
    expect(texts.slice(1, products.length + 1).map((row) => row[column])).toEqual(products)
    expect(sheet!.rows.slice(1).every((row) => row[0]?.type === 's' && row[1]?.type === 'n')).toBe(true)
    expect(await folders()).toEqual([file])
  })

  it('starts with what was chosen last on Enter: masked, semicolons, GBK, with its changes beside it', async () => {
    const app = await openOrders()
    const folders = await watchFolders(app)
    mkdirSync(join(app.dataDir, 'files'))
    const file = join(app.dataDir, 'files', 'orders.csv')
    await chooseExportFile(app, file)
    await app.find('export-csv').click()
    for (const choice of ['gbk', 'semicolon', 'masked']) await app.find(`export-${choice}`).click()
    await app.find('export-history').click()
    await app.find('export-opens-folder').click()
    await app.find('export-start').click()
    await app.find('export-show').waitFor()
    expect(readdirSync(join(app.dataDir, 'files')).sort()).toEqual(['orders-变动.csv', 'orders.csv'])
    const first = readCsv(file, { encoding: 'gb18030', delimiter: ';' })
    expect(first.rows).toHaveLength(await shownTotal(app))
    expect(first.rows.every((row) => /\*/.test(row['手机号'] ?? ''))).toBe(true)
    expect(await folders()).toEqual([])

    const again = join(app.dataDir, 'again.csv')
    await chooseExportFile(app, again)
    await app.page.keyboard.press('Control+e')
    await expect.poll(() => focused(app)).toBe('export-start')
    await app.page.keyboard.press('Enter')
    await expect.poll(() => existsSync(again)).toBe(true)
    expect(readCsv(again, { encoding: 'gb18030', delimiter: ';' })).toEqual(first)
    expect(existsSync(join(app.dataDir, 'again-变动.csv'))).toBe(true)
    await app.find('export-show').click()
    expect(await folders()).toEqual([again])
  })

  it('keeps columns under a name, and writes all orders of the account in them', async () => {
    const app = await openOrders()
    const file = join(app.dataDir, 'all.csv')
    await chooseExportFile(app, file)
    const own = await shownTotal(app)
    await app.find('export-csv').click()
    await app.find('export-pick').click()
    for (const name of ['身份证号', '详细地址'])
      await app.find('export-dialog').getByText(name, { exact: true }).click()
    await app.find('export-save-set').click()
    await app.find('export-set-name').fill('给代理')
    await app.page.keyboard.press('Enter')
    await expect.poll(() => app.find('export-columns').inputValue()).toBe('给代理')
    await app.find('export-all').click()
    await app.find('export-start').click()
    await app.find('export-show').waitFor()
    const { header, rows } = readCsv(file)
    expect(header).not.toContain('身份证号')
    expect(header).toContain('手机号')
    expect(rows.length).toBeGreaterThan(own)
  })

  it('takes the marked orders alone, where there are marks', async () => {
    const app = await openOrders()
    const file = join(app.dataDir, 'marked.csv')
    await chooseExportFile(app, file)
    const ticks = app.find('orders-grid').locator('.ag-row [col-id="tick"]')
    for (const row of [1, 3]) await ticks.nth(row).click()
    const numbers = await gridCells(app, 'orderNo')
    await app.page.keyboard.press('Control+e')
    await expect.poll(() => app.find('export-start').innerText()).toContain('2')
    await app.find('export-start').click()
    await app.find('export-show').waitFor()
    expect(readCsv(file).rows.map((row) => row['订单号'])).toEqual([numbers[1], numbers[3]])
  })

  it('is left by Esc, and a place that fails is told in words', async () => {
    const app = await openOrders()
    await app.find('export-csv').click()
    await expect.poll(() => focused(app)).toBe('export-start')
    await app.page.keyboard.press('Escape')
    await app.find('export-dialog').waitFor({ state: 'detached' })
    await chooseExportFile(app, join(app.dataDir, 'unplugged', 'orders.csv'))
    await app.page.keyboard.press('Control+e')
    await app.find('export-start').click()
    await expect.poll(() => app.find('export-bar').innerText()).toContain('保存的文件夹不在了')
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Locator } from 'playwright-core'
import { launchApp, type RunningApp } from '../support/app.ts'
import { seriousFindings } from '../support/axe.ts'
import { readCsv } from '../support/csv.ts'
import { chooseExportFile, shownTotal, takePracticeAccount } from '../support/merchant.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

async function openStatistics(app: RunningApp): Promise<void> {
  await app.find('nav-statistics').click()
  await app.find('kpi-placed').waitFor()
}

const numberIn = (text: string): number => Number(text.replaceAll(',', ''))

/** Opens the orders behind a figure and counts them; back on the page everything stands as it did. */
async function countBehind(app: RunningApp, figure: Locator, press: 'click' | 'Enter' = 'click'): Promise<number> {
  if (press === 'click') await figure.click()
  else await figure.press(press)
  await app.find('orders-total').waitFor()
  await expect.poll(() => app.find('orders-total').innerText()).toMatch(/^\d+$/)
  await app.page.waitForTimeout(300)
  const total = await shownTotal(app)
  await openStatistics(app)
  return total
}

it('shows figures that lead to as many orders, and saves them as a picture and as a table', async () => {
  const app = await launchApp({ dataDir: temporaryFolder() })
  const complaints: string[] = []
  app.page.on('console', (message) => {
    if (message.type() === 'error' || message.text().includes('Content Security')) complaints.push(message.text())
  })
  await takePracticeAccount(app)
  await openStatistics(app)
  await app.find('statistics-tab-all').click()
  await app.find('range-all').click()
  await expect
    .poll(async () => Number(await app.find('kpi-placed').locator('strong').getAttribute('data-value')))
    .toBeGreaterThan(100)

  for (const kpi of ['placed', 'activated', 'failed']) {
    const tile = app.find(`kpi-${kpi}`)
    if (await tile.isDisabled()) continue
    const shown = Number(await tile.locator('strong').getAttribute('data-value'))
    expect([kpi, await countBehind(app, tile)]).toEqual([kpi, shown])
  }

  const folder = temporaryFolder()
  const picture = join(folder, 'statistics.png')
  await chooseExportFile(app, picture)
  await app.find('statistics-save-picture').click()
  await expect.poll(() => pngSize(picture)?.width).toBe(2_000)

  const table = join(folder, 'statistics.csv')
  await chooseExportFile(app, table)
  await app.find('statistics-save-figures').click()
  await expect
    .poll(() => placedIn(table))
    .toBe(Number(await app.find('kpi-placed').locator('strong').getAttribute('data-value')))
  expect(complaints).toEqual([])
})

it('is walked by keyboard in its tables, and turns dark with the theme', async () => {
  const app = await launchApp({ dataDir: temporaryFolder() })
  // Colours on their way to others are nobody's finding.
  await app.page.emulateMedia({ reducedMotion: 'reduce' })
  await takePracticeAccount(app)
  await openStatistics(app)
  const canvas = app.find('statistics-daily').locator('canvas').first()
  await app.page.waitForTimeout(400)
  const light = await canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL())
  await app.page.evaluate(() => document.documentElement.classList.add('dark'))
  await expect.poll(() => canvas.evaluate((element: HTMLCanvasElement) => element.toDataURL())).not.toBe(light)

  const height = await heightOf(app.find('statistics-funnel'))
  await app.find('statistics-funnel-table').press('Enter')
  const shipped = app.find('funnel-shipped')
  const shown = numberIn(await shipped.innerText())
  expect(shown).toBeGreaterThan(0)
  expect(await heightOf(app.find('statistics-funnel')), 'nothing jumps').toBe(height)
  expect(await seriousFindings(app.page), 'a table in the dark').toEqual([])
  expect(await countBehind(app, shipped, 'Enter')).toBe(shown)
  await app.page.evaluate(() => document.documentElement.classList.remove('dark'))
  expect(await seriousFindings(app.page), 'charts in the light').toEqual([])
})

async function heightOf(element: Locator): Promise<number> {
  return Math.round((await element.boundingBox())?.height ?? 0)
}

function pngSize(file: string): { width: number; height: number } | null {
  try {
    const bytes = readFileSync(file)
    if (bytes.toString('latin1', 1, 4) !== 'PNG') return null
    return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
  } catch {
    return null
  }
}

/** The orders that the table's first line counts. */
function placedIn(file: string): number | null {
  try {
    return Number(readCsv(file).rows[0]?.['订单'])
  } catch {
    return null
  }
}

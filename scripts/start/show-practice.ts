import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Page } from 'playwright-core'
import { readLaunchOptions } from '#main/launch/launch-options.ts'
import { withoutDisplay } from '#main/launch/without-display.ts'
import { projectFolder } from '../runtime/project.ts'
import type { Runtime } from '../runtime/resolve-runtime.ts'
import { languageSwitches } from './language.ts'
import { inWindow } from './open-window.ts'
import { exitOf, startApp } from './run-app.ts'

const outputFolder = join(projectFolder, 'practice-output')
const syncLimitMs = 180_000

interface Seen {
  result: string
  own: number
  distributor: number
}

/**
 * The main job where there is no display: the app opens on the practice account in a virtual one and syncs by itself;
 * once the sync has ended the window is photographed and the orders are exported, both by the app itself.
 */
export async function showPractice(runtime: Runtime, args: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  rmSync(outputFolder, { recursive: true, force: true })
  mkdirSync(outputFolder, { recursive: true })
  const chosen = readLaunchOptions(['', ...args]).dataDir
  const dataDir = chosen ?? mkdtempSync(join(tmpdir(), 'haoka-practice-'))
  try {
    const screenshot = join(outputFolder, 'screenshot.png')
    const seen = await watchWindow(runtime, ['--data-dir', dataDir, ...args], screenshot)
    const csv = join(outputFolder, 'orders.csv')
    const rows = await exportOrders(runtime, newestProfile(dataDir), csv)
    const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1)
    process.stdout.write(summary(seen, rows, seconds, [screenshot, csv]))
    return 0
  } finally {
    if (chosen === null) rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

function watchWindow(runtime: Runtime, args: readonly string[], screenshot: string): Promise<Seen> {
  // Whatever goes wrong, the picture shows how far it came.
  return inWindow(runtime, args, (page) => seeSync(page).finally(() => page.screenshot({ path: screenshot })))
}

/** Waits until the sync that the window started by itself has ended, and reads what the pages then say. */
async function seeSync(page: Page): Promise<Seen> {
  page.setDefaultTimeout(syncLimitMs)
  await page.getByTestId('nav-sync').click()
  const result = await page.getByTestId('sync-result').evaluate(textWithoutButtons)
  await page.getByTestId('nav-orders').click()
  const distributor = await total(page, 'tab-distributor')
  const own = await total(page, 'tab-own')
  return { result, own, distributor }
}

function textWithoutButtons(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const button of copy.querySelectorAll('button')) button.remove()
  const texts = [...copy.querySelectorAll('*')].filter((part) => part.children.length === 0)
  return texts
    .map((part) => part.textContent?.trim())
    .filter(Boolean)
    .join(' ')
}

/** The number of orders that a tab shows, once the grid has drawn them. */
async function total(page: Page, tab: string): Promise<number> {
  await page.getByTestId(tab).click()
  await page.getByTestId('orders-grid').locator('.ag-row').first().waitFor()
  return Number(await page.getByTestId('orders-total').innerText())
}

/** `--practice` makes a profile of its own inside the data folder, every time. */
function newestProfile(dataDir: string): string {
  const parent = join(dataDir, 'practice-profiles')
  const folders = readdirSync(parent).map((name) => join(parent, name))
  const newest = folders.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
  if (newest === undefined) throw new Error('the app made no practice profile')
  return newest
}

async function exportOrders(runtime: Runtime, dataDir: string, file: string): Promise<number> {
  const { accounts } = await command<{ accounts: { label: string }[] }>(runtime, ['account', 'list'], dataDir)
  const label = accounts[0]?.label
  if (label === undefined) throw new Error('there is no practice account')
  const args = ['export', '--account', label, '--out', file]
  return (await command<{ rows: number }>(runtime, args, dataDir)).rows
}

/** Runs one of the app's own commands and returns its answer. Throws what the app says went wrong. */
async function command<Answer>(runtime: Runtime, args: readonly string[], dataDir: string): Promise<Answer> {
  const all = [...withoutDisplay, ...languageSwitches(), ...args, '--data-dir', dataDir]
  const app = startApp(runtime, all, { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = exitOf(app)
  const output = app.stdout === null ? '' : await text(app.stdout)
  if ((await ended) !== 0) throw new Error(`${args.join(' ')}: ${output}`)
  return JSON.parse(output) as Answer
}

function summary(seen: Seen, rows: number, seconds: string, files: readonly string[]): string {
  const lines = [
    `练习账户 / practice account: ${seen.result.replaceAll(/\s+/g, ' ')}`,
    `订单 / orders: ${seen.own + seen.distributor} (自营 / own ${seen.own}, 分销商 / distributor ${seen.distributor})`,
    `导出 / exported rows: ${rows}`,
    `用时 / time: ${seconds} s`,
    ...files,
  ]
  return `${lines.join('\n')}\n`
}

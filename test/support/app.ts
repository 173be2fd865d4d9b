import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Locator, type Page } from 'playwright-core'
import { inject, onTestFinished } from 'vitest'
import type { Runtime } from '../../scripts/runtime/resolve-runtime.ts'
import { temporaryFolder } from './temporary-folder.ts'

export interface LaunchOptions {
  /** Left out: a fresh temporary folder that goes with the test. */
  dataDir?: string
  /** After the app's own, as a person would type them. */
  args?: readonly string[]
  env?: Readonly<Record<string, string>>
}

export interface RunningApp {
  readonly electron: ElectronApplication
  /** The main window's page, loaded. */
  readonly page: Page
  readonly dataDir: string
  /** The one element with this data-testid. */
  find(testId: string): Locator
  /** Closes as a person would; safe to call twice. */
  close(): Promise<void>
  /** Ends every process of the app at once, as a power cut would. */
  kill(): Promise<void>
}

/** Opens the built app in a real window. It is closed with the test; a failed test leaves a picture in test-output/. */
export async function launchApp(options: LaunchOptions = {}): Promise<RunningApp> {
  const runtime = inject('runtime')
  const dataDir = options.dataDir ?? temporaryFolder()
  const electron = await _electron.launch({
    executablePath: runtime.executable,
    args: [...holdReady(runtime), ...runtime.args, '--lang=zh-CN', '--data-dir', dataDir, ...(options.args ?? [])],
    env: { ...inherited(), ...runtime.env, ...options.env },
  })
  const page = await electron.firstWindow()
  await page.waitForLoadState()
  // The app itself is a file of its own, which comes after the page has loaded.
  await page.locator('#app > *').first().waitFor()
  let open = true
  const app: RunningApp = {
    electron,
    page,
    dataDir,
    find: (testId) => page.getByTestId(testId),
    async close() {
      if (!open) return
      open = false
      await electron.close()
    },
    async kill() {
      open = false
      const closed = new Promise((resolve) => electron.process().once('exit', resolve))
      // The negative number names the process group: the window's and the database's processes go too.
      process.kill(-(electron.process().pid ?? Number.NaN), 'SIGKILL')
      await closed
    },
  }
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await savePicture(page, task.name)
    await app.close()
  })
  return app
}

/** The fallback's own launcher does this by itself; Electron's takes a file to load first. */
function holdReady({ source }: Runtime): string[] {
  const file = join(import.meta.dirname, '..', '..', 'scripts', 'runtime', 'launcher', 'hold-ready.cjs')
  return source === 'fallback' ? [] : ['-r', file]
}

async function savePicture(page: Page, name: string): Promise<void> {
  if (page.isClosed()) return
  mkdirSync('test-output', { recursive: true })
  const path = join('test-output', `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.png`)
  await page.screenshot({ path }).catch(() => undefined)
}

function inherited(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(entries)
}

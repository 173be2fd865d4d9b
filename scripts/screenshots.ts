import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { CDPSession, Page } from 'playwright-core'
import { projectFolder, say } from './runtime/project.ts'
import { resolveRuntime } from './runtime/resolve-runtime.ts'
import { runScript } from './runtime/run-script.ts'
import { fewLooks, type Look, looks } from './screenshots/looks.ts'
import { orderStates } from './screenshots/order-states.ts'
import { addOwnAccount, ownAccountStates } from './screenshots/own-account.ts'
import { pageStates } from './screenshots/page-states.ts'
import { pictures, welcome } from './screenshots/pictures.ts'
import { fillPracticeShop } from './screenshots/practice-shop.ts'
import type { Picture } from './screenshots/steps.ts'
import { inWindow } from './start/open-window.ts'

/**
 * `npm run screenshots [-- --only TEXT] [-- --out FOLDER]`: every page of the app on the practice account, in every
 * size, scaling, theme and language, and every dialog and rarer state in a few of them, into docs/screenshots/. `--only`
 * takes the pictures whose name holds the text.
 */
const settleMs = 500

async function screenshots(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: '' },
      out: { type: 'string', default: join(projectFolder, 'docs', 'screenshots') },
    },
  })
  mkdirSync(values.out, { recursive: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'haoka-screenshots-'))
  try {
    await inWindow(await resolveRuntime(), ['--data-dir', dataDir], async (page) => {
      const camera = new Camera(page, await page.context().newCDPSession(page), values.out, values.only)
      await camera.takeAll([welcome], looks)
      await fillPracticeShop(page)
      await camera.takeAll(pictures, looks)
      await camera.takeAll([...orderStates, ...pageStates], fewLooks)
      await addOwnAccount(page)
      await camera.takeAll(ownAccountStates, fewLooks)
    })
    return 0
  } finally {
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

class Camera {
  readonly #page: Page
  readonly #devtools: CDPSession
  readonly #folder: string
  readonly #only: string

  constructor(page: Page, devtools: CDPSession, folder: string, only: string) {
    this.#page = page
    this.#devtools = devtools
    this.#folder = folder
    this.#only = only
  }

  async takeAll(list: readonly Picture[], inLooks: readonly Look[]): Promise<void> {
    for (const look of inLooks) {
      const wanted = list.filter((picture) => `${picture.name}-${look.name}`.includes(this.#only))
      if (wanted.length === 0) continue
      await this.#dress(look)
      for (const picture of wanted) await this.#take(picture, look)
    }
  }

  async #dress(look: Look): Promise<void> {
    await this.#devtools.send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(look.width / look.scale),
      height: Math.round(look.height / look.scale),
      deviceScaleFactor: look.scale,
      mobile: false,
    })
    await this.#page.getByTestId('nav-settings').click()
    await this.#page.getByTestId(look.locale === 'en' ? 'locale-en' : 'locale-zh').click()
    await this.#page.getByTestId(`theme-${look.theme}`).click()
  }

  async #take(picture: Picture, look: Look): Promise<void> {
    const page = this.#page
    await picture.open(page)
    await page.waitForTimeout(settleMs)
    // The devtools' own capture keeps the scaling; nothing hovers.
    await page.mouse.move(0, 0)
    const { data } = await this.#devtools.send('Page.captureScreenshot', { format: 'png' })
    writeFileSync(join(this.#folder, `${picture.name}-${look.name}.png`), Buffer.from(data, 'base64'))
    say(`${picture.name}-${look.name}`)
    await picture.leave?.(page)
  }
}

await runScript(() => screenshots(process.argv.slice(2)))

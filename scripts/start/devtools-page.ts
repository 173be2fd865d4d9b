import type { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { chromium, type Page } from 'playwright-core'

/** Asks Chromium for a port of its own choice; it names it on stderr. */
export const devtoolsSwitch = '--remote-debugging-port=0'

const announcement = /^DevTools listening on (ws:\/\/\S+)$/

/** The main window's page of an app started with `devtoolsSwitch`, through what it prints on stderr. */
export async function devtoolsPage(stderr: Readable): Promise<Page> {
  const address = await announcedAddress(stderr)
  // Nobody listens from here on, yet the app must never block on a full pipe.
  stderr.resume()
  const browser = await chromium.connectOverCDP(address)
  const context = browser.contexts()[0] ?? (await browser.newContext())
  const page = context.pages()[0] ?? (await context.waitForEvent('page'))
  await page.waitForLoadState()
  return page
}

async function announcedAddress(stderr: Readable): Promise<string> {
  const heard: string[] = []
  for await (const line of createInterface({ input: stderr })) {
    const address = announcement.exec(line)?.[1]
    if (address !== undefined) return address
    heard.push(line)
  }
  throw new Error(`the app ended before it opened a window:\n${heard.join('\n')}`)
}

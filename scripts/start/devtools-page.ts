import type { Readable } from 'node:stream'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Page } from 'playwright-core'

/** Asks Chromium for a port of its own choice; it names it on stderr. */
export const devtoolsSwitch = '--remote-debugging-port=0'

const announcement = /^DevTools listening on (ws:\/\/\S+)$/
const pollMs = 50
const attachLimitMs = 10_000
const tries = 3

/** The main window's page of an app started with `devtoolsSwitch`, through what it prints on stderr. */
export async function devtoolsPage(stderr: Readable): Promise<Page> {
  const address = await announcedAddress(stderr)
  // Nobody listens from here on, yet the app must never block on a full pipe.
  stderr.resume()
  await loadedPage(new URL(address).host)
  const browser = await attach(address)
  const context = browser.contexts()[0] ?? (await browser.newContext())
  return context.pages()[0] ?? context.waitForEvent('page')
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

/** Waits until a page has a title of its own: attaching to one that is just loading can hang for ever. */
async function loadedPage(host: string): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://${host}/json/list`)
    const targets = (await answer.json()) as { type: string; title: string; url: string }[]
    if (targets.some(({ type, title, url }) => type === 'page' && title !== '' && !url.endsWith(title))) return
    await pause(pollMs)
  }
}

async function attach(address: string): ReturnType<typeof chromium.connectOverCDP> {
  for (let attempt = 1; attempt < tries; attempt += 1) {
    const browser = await chromium.connectOverCDP(address, { timeout: attachLimitMs }).catch(() => null)
    if (browser !== null) return browser
  }
  return chromium.connectOverCDP(address, { timeout: attachLimitMs })
}

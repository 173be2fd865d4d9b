import type { CDPSession, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { onEveryPage, takePracticeAccount } from '../support/merchant.ts'

/** What a look at every page must find, in both languages: on a small laptop, and on one that shows everything larger. */

const screens = {
  laptop: { width: 1366, height: 768, scale: 1 },
  'laptop at 150 %': { width: 911, height: 512, scale: 1.5 },
}
const smallestPx = 12
const tabsAPage = 30

it('has no text below 12 px, no page that scrolls sideways and no button whose words are cut', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  const devtools = await app.page.context().newCDPSession(app.page)
  for (const [screen, size] of Object.entries(screens)) {
    await resize(devtools, size)
    for (const locale of ['zh', 'en']) {
      await app.find('nav-settings').click()
      await app.find(`locale-${locale}`).click()
      await expectTidy(app, `${screen}, ${locale}`)
    }
  }
})

it('shows where the focus is, wherever Tab takes it', async () => {
  const app = await launchApp()
  // The marks then stand at once.
  await app.page.emulateMedia({ reducedMotion: 'reduce' })
  await takePracticeAccount(app)
  await onEveryPage(app, async (name) => {
    expect.soft(await unseenFocus(app.page), name).toEqual([])
  })
})

async function expectTidy(app: RunningApp, where: string): Promise<void> {
  await onEveryPage(app, async (name) => {
    expect.soft(await app.page.evaluate(untidy, smallestPx), `${name}, ${where}`).toEqual([])
  })
}

function resize(devtools: CDPSession, { width, height, scale }: (typeof screens)['laptop']): Promise<unknown> {
  return devtools.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: scale, mobile: false })
}

/** Runs in the page. */
function untidy(smallest: number): string[] {
  const found: string[] = []
  for (const box of [document.documentElement, ...document.querySelectorAll('main, .page')]) {
    if (box.scrollWidth > box.clientWidth + 1) found.push(`${box.tagName}.${box.className} scrolls sideways`)
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement
    if (node.textContent?.trim() === '' || element === null || !element.checkVisibility()) continue
    const size = Number.parseFloat(getComputedStyle(element).fontSize)
    if (size > 0 && size < smallest) found.push(`${size} px: ${node.textContent}`)
  }
  for (const button of document.querySelectorAll<HTMLElement>('button, .el-radio-button__inner')) {
    const { textOverflow } = getComputedStyle(button)
    const cut = button.scrollWidth > button.clientWidth + 1 && textOverflow !== 'ellipsis'
    if (cut && button.checkVisibility() && button.closest('.ag-root-wrapper') === null)
      found.push(`cut: ${button.textContent}`)
  }
  return found
}

/** What had the focus without showing it. */
async function unseenFocus(page: Page): Promise<string[]> {
  const found: string[] = []
  for (let step = 0; step < tabsAPage; step++) {
    await page.keyboard.press('Tab')
    const told = await page.evaluate(() => {
      const focused = document.activeElement
      if (focused === null || focused === document.body) return null
      const around = [focused, focused.nextElementSibling, ...ancestors(focused, 3)].filter((one) => one !== null)
      const shown = around.some((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
        // A thin outline is the frame of a choice, focus or not.
        return (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) || boxShadow.includes('inset')
      })
      return shown ? null : `${focused.tagName}.${focused.className} ${focused.textContent?.slice(0, 30) ?? ''}`

      function ancestors(element: Element, count: number): Element[] {
        const parent = element.parentElement
        return parent === null || count === 0 ? [] : [parent, ...ancestors(parent, count - 1)]
      }
    })
    if (told !== null) found.push(told)
  }
  return found
}

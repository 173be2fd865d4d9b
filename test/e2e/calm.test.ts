import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { launchApp } from '../support/app.ts'
import { onEveryPage, openFirstOrder, pages, takePracticeAccount } from '../support/merchant.ts'

/** Nothing jumps when data comes, and nothing moves for those who asked for that. */

/** Chromium's measure of how much of the window moved how far; below 0.1 counts as good on the web, we want hardly any. */
const hardlyAny = 0.005

it('shifts hardly anything while pages open and their data arrives', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  for (const name of pages) {
    expect.soft(await shiftsAfter(app.page, () => app.find(`nav-${name}`).click()), name).toEqual([])
  }
  await app.find('nav-orders').click()
  expect(await shiftsAfter(app.page, () => app.find('tab-distributor').click()), 'tab').toEqual([])
})

it('moves nothing where the system asks for reduced motion', async () => {
  const app = await launchApp()
  await app.page.emulateMedia({ reducedMotion: 'reduce' })
  await takePracticeAccount(app)
  await onEveryPage(app, async (name) => {
    expect.soft(await app.page.evaluate(moving), name).toEqual([])
  })
  await app.find('nav-orders').click()
  await openFirstOrder(app)
  expect(await app.page.evaluate(moving), 'an order').toEqual([])
})

it('gives back what scrolling has dropped once the merchant rests', async () => {
  const app = await launchApp()
  await app.page.evaluate(() => {
    const state = window as unknown as { dropped: WeakRef<object> }
    // Held by an element that the page has dropped, as the rows of a grid are.
    state.dropped = new WeakRef(document.createElement('div'))
  })
  await app.page.mouse.wheel(0, 1)
  const isGone = () => (window as unknown as { dropped: WeakRef<object> }).dropped.deref() === undefined
  await app.page.waitForFunction(isGone, undefined, { polling: 500, timeout: 15_000 })
})

interface Shift {
  value: number
  /** What moved, and by how much. */
  moved: string[]
}

/** Every layout shift from the step until a second after it that counts; the failure then names what moved. */
async function shiftsAfter(page: Page, step: () => Promise<void>): Promise<Shift[]> {
  await page.evaluate(() => {
    const seen = window as unknown as { shifts: Shift[]; shiftObserver: PerformanceObserver }
    seen.shifts = []
    seen.shiftObserver = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, sources } = entry as unknown as { value: number; sources: LayoutShiftSource[] }
        seen.shifts.push({ value, moved: sources.map(told) })
      }
    })
    interface LayoutShiftSource {
      node: Node | null
      previousRect: DOMRectReadOnly
      currentRect: DOMRectReadOnly
    }
    const box = ({ x, y, width, height }: DOMRectReadOnly): string => [x, y, width, height].map(Math.round).join(' ')
    const told = ({ node, previousRect, currentRect }: LayoutShiftSource): string =>
      `${node instanceof Element ? `${node.tagName}.${node.className}` : node?.nodeName}: ${box(previousRect)} → ${box(currentRect)}`
    seen.shiftObserver.observe({ type: 'layout-shift' })
  })
  await step()
  await page.waitForTimeout(1_000)
  const shifts = await page.evaluate(() => {
    const seen = window as unknown as { shifts: Shift[]; shiftObserver: PerformanceObserver }
    seen.shiftObserver.disconnect()
    return seen.shifts
  })
  return shifts.filter(({ value }) => value >= hardlyAny)
}

/** Elements that still have a transition or an animation of any length. */
function moving(): string[] {
  const longest = (durations: string): number => Math.max(...durations.split(',').map(Number.parseFloat))
  return [...document.querySelectorAll('*')]
    .filter((element) => {
      const style = getComputedStyle(element)
      const running = style.animationName !== 'none' && longest(style.animationDuration) > 0.01
      return running || longest(style.transitionDuration) > 0.01
    })
    .map((element) => `${element.tagName} ${element.className}`)
}

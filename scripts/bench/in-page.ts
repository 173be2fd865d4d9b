import type { Page } from 'playwright-core'

const waitMs = 60_000

/** The length of each frame while the grid scrolls through the list: near, far, and back, ms. */
export async function framesWhileScrolling(page: Page): Promise<number[]> {
  await page.getByTestId('nav-orders').click()
  await page.locator('.ag-row [col-id="orderNo"]').first().waitFor({ timeout: waitMs })
  await page.waitForTimeout(1_500)
  return page.evaluate(async () => {
    const scrolled = [...document.querySelectorAll('[data-testid=orders-grid] *')].find(
      (element) =>
        element.scrollHeight > element.clientHeight + 100 && getComputedStyle(element).overflowY !== 'hidden',
    )
    if (scrolled === undefined) throw new Error('nothing scrolls')
    const nextFrame = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const gaveUp = setTimeout(() => reject(new Error('no frame')), 10_000)
        requestAnimationFrame((at) => {
          clearTimeout(gaveUp)
          resolve(at)
        })
      })
    const frames: number[] = []
    let before = await nextFrame()
    for (let step = 0; step < 600; step += 1) {
      // Every hundred frames elsewhere; between them a steady pull of five rows a frame.
      const far = Math.floor(step / 100)
      if (step % 100 === 0) scrolled.scrollTop = ((far * 0.618) % 1) * (scrolled.scrollHeight - scrolled.clientHeight)
      else scrolled.scrollTop += 160
      const now = await nextFrame()
      frames.push(now - before)
      before = now
    }
    return frames
  })
}

/** From the last letter typed into the search until other rows stand in the grid, ms. */
export async function msToFirstRows(page: Page, text: string): Promise<number> {
  await page.evaluate(() => document.querySelector('[data-testid=orders-grid] .ag-row')?.setAttribute('data-old', ''))
  const field = page.getByTestId('orders-search')
  await field.fill('')
  await page.waitForTimeout(1_500)
  await field.focus()
  await page.evaluate(() => {
    const state = window as unknown as { typedAt: number; shownAt: Promise<number> }
    document.querySelector('[data-testid=orders-search]')?.addEventListener('input', () => {
      state.typedAt = performance.now()
    })
    const rows = document.querySelector('[data-testid=orders-grid]')
    state.shownAt = new Promise((resolve) => {
      const seen = new MutationObserver((changes) => {
        if (!changes.some(({ target }) => (target as Element).parentElement?.closest?.('.ag-row'))) return
        seen.disconnect()
        requestAnimationFrame(() => resolve(performance.now()))
      })
      if (rows !== null) seen.observe(rows, { subtree: true, childList: true, characterData: true })
    })
  })
  await page.keyboard.type(text, { delay: 30 })
  return page.evaluate(async () => {
    const state = window as unknown as { typedAt: number; shownAt: Promise<number> }
    const gaveUp = new Promise<number>((resolve) => setTimeout(() => resolve(Number.POSITIVE_INFINITY), 10_000))
    return (await Promise.race([state.shownAt, gaveUp])) - state.typedAt
  })
}

import { expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { seriousFindings } from '../support/axe.ts'
import { sync, takePracticeAccount } from '../support/merchant.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const unread = async (app: RunningApp): Promise<number> => {
  const mark = app.find('changes-unread')
  return (await mark.count()) === 0 ? 0 : Number.parseInt(await mark.innerText(), 10)
}

/** Lets the practice account's world live on, and syncs. */
async function live(app: RunningApp): Promise<void> {
  await app.find('nav-sync').click()
  await app.find('practice-advance-7').click()
  await sync(app)
}

async function openChanges(app: RunningApp): Promise<void> {
  await app.find('nav-changes').click()
  await app.find('change-row').first().waitFor()
}

it('tells what changed, opens it, and knows what was read and seen before', async () => {
  const dataDir = temporaryFolder()
  const app = await launchApp({ dataDir })
  const { keyboard } = app.page
  await takePracticeAccount(app)
  await app.find('nav-changes').click()
  await app.page.getByText('还没有变动').waitFor()
  expect(await unread(app)).toBe(0)

  await live(app)
  await expect.poll(() => unread(app)).toBeGreaterThan(5)
  const first = await unread(app)
  await keyboard.press('Control+2')
  await app.find('change-row').first().waitFor()
  expect(await app.find('changes-since').count()).toBe(0)

  // By the keyboard alone: the first change, its order, the next one's.
  await app.find('changes-feed').focus()
  await keyboard.press('ArrowDown')
  await keyboard.press('Enter')
  await app.find('order-drawer').waitFor()
  const heading = app.find('order-drawer').locator('h2')
  const opened = await heading.innerText()
  await expect.poll(() => app.find('history-item').count()).toBeGreaterThan(1)
  await expect.poll(() => unread(app)).toBe(first - 1)
  await keyboard.press('Alt+ArrowDown')
  await expect.poll(() => heading.innerText()).not.toBe(opened)
  await keyboard.press('Escape')
  await app.find('order-drawer').waitFor({ state: 'detached' })

  await app.find('changes-axis-activation').click()
  await expect
    .poll(
      async () => new Set((await app.find('change-row').allInnerTexts()).map((text) => /激活|生产/.exec(text)?.[0])),
    )
    .toEqual(new Set(['激活']))
  await app.find('changes-axis-all').click()
  await app.find('changes-mark-all').click()
  await expect.poll(() => unread(app)).toBe(0)
  await app.close()

  const again = await launchApp({ dataDir })
  await live(again)
  await expect.poll(() => unread(again)).toBeGreaterThan(0)
  await openChanges(again)
  const since = again.find('changes-since')
  const feed = again.find('changes-feed')
  // What was there at the last visit stands below a line; the feed grows as it is scrolled.
  for (let turn = 0; turn < 60 && (await since.count()) === 0; turn += 1) {
    await feed.evaluate((element) => void (element.scrollTop += 400))
    await again.page.waitForTimeout(50)
  }
  expect(await since.count()).toBe(1)
  await again.find('change-row').last().click()
  await again.find('order-drawer').waitFor()
  for (const theme of ['light', 'dark']) {
    await again.find('nav-settings').click()
    await again.find(`theme-${theme}`).click()
    await openChanges(again)
    expect.soft(await seriousFindings(again.page), `changes, ${theme}`).toEqual([])
    await again.find('change-row').first().click()
    await again.find('order-note').waitFor()
    expect.soft(await seriousFindings(again.page), `changes with an order, ${theme}`).toEqual([])
  }
})

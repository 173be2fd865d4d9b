import { expect, it } from 'vitest'
import { launchApp, type RunningApp } from '../support/app.ts'
import { sync, takePracticeAccount } from '../support/merchant.ts'

const textOf = async (locator: { textContent(): Promise<string | null> }) => (await locator.textContent()) ?? ''

it('shows what is followed and what it costs, follows up and reconciles by a press', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  await app.find('nav-sync').click()
  await sync(app)
  await app.find('follow-up').waitFor()
  expect(await textOf(app.find('follow-up-orders'))).toMatch(/每天 [1-9]\d* 单，每周 0 单/)
  expect(await textOf(app.find('follow-up-calls'))).toMatch(/要用 \d+ 次请求，今天的跟进额度还剩 1,000 次/)

  await app.find('practice-advance-7').click()
  await app.find('follow-up-run').click()
  await app.find('sync-result').waitFor({ timeout: 60_000 })
  expect(await textOf(app.find('sync-result'))).toContain('跟进：完成')
  await expect.poll(() => textOf(app.find('follow-up-calls'))).not.toContain('还剩 1,000 次')

  await app.find('reconcile-run').click()
  await expect.poll(() => textOf(app.find('sync-result')), { timeout: 60_000 }).toContain('核对：完成')
  await app.find('reconcile-report').waitFor()
  expect(await textOf(app.find('reconcile-report'))).toMatch(/没有漏掉任何订单|漏掉新单 \d+/)

  await app.find('follow-up-on').click()
  await expect.poll(() => app.find('follow-up-on').getByRole('switch').getAttribute('aria-checked')).toBe('false')
  await app.close()
  const again = await launchApp({ dataDir: app.dataDir })
  await again.find('nav-sync').click()
  await again.find('follow-up').waitFor()
  expect(await again.find('follow-up-on').getByRole('switch').getAttribute('aria-checked')).toBe('false')
})

/** Calls of the key today, as the page says. */
async function usedCalls(app: RunningApp): Promise<number> {
  await app.find('nav-sync').click()
  return Number(/\d+/.exec((await app.page.locator('.quota span').first().textContent()) ?? '')?.[0])
}

/** What Electron tells when the computer wakes, in the real main process. */
async function wake(app: RunningApp): Promise<void> {
  await app.electron.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'))
}

it('makes a due round by itself when the computer wakes, within throttle and quota, and says what the next one costs', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  await app.find('practice-advance-1').click()
  await sync(app)
  await app.find('follow-up').waitFor()
  const [before, shown] = [await usedCalls(app), await textOf(app.find('follow-up-calls'))]
  const calls = Number(/要用 (\d+) 次请求/.exec(shown)?.[1])
  expect(calls).toBeGreaterThan(0)

  await wake(app)
  const left = `还剩 ${1_000 - calls} 次`
  await expect.poll(() => textOf(app.find('follow-up-calls')), { timeout: 60_000 }).toContain(left)
  expect(await usedCalls(app)).toBe(before + calls)
  expect(await textOf(app.find('follow-up-orders'))).toMatch(/每天 [1-9]\d* 单/)
  expect(await textOf(app.find('follow-up')), 'it is not due any more').not.toContain('刚刚 ·')

  await wake(app)
  await sync(app)
  expect(await textOf(app.find('follow-up-calls'))).toContain(left)
})

it('makes nothing by itself where that is switched off', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  await app.find('follow-up-on').click()
  await app.find('practice-advance-7').click()
  await sync(app)
  const before = await usedCalls(app)
  await wake(app)
  await sync(app)
  expect((await usedCalls(app)) - before, 'the two calls of the sync').toBe(2)
})

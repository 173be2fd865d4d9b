import { expect, it } from 'vitest'
import { launchApp } from '../support/app.ts'
import { sync, takePracticeAccount } from '../support/merchant.ts'

const textOf = async (locator: { textContent(): Promise<string | null> }) => (await locator.textContent()) ?? ''

it('shows what is followed and what it costs, follows up and reconciles by a press', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  await app.find('nav-sync').click()
  await sync(app)
  await app.find('follow-up').waitFor()
  expect(await textOf(app.find('follow-up-orders'))).toMatch(/每天 [1-9]\d* 单，每周 0 单/)
  expect(await textOf(app.find('follow-up-calls'))).toMatch(/要用 \d+ 次请求，今天的跟进额度还剩 1000 次/)

  await app.find('practice-advance-7').click()
  await app.find('follow-up-run').click()
  await app.find('sync-result').waitFor({ timeout: 60_000 })
  expect(await textOf(app.find('sync-result'))).toContain('跟进：完成')
  await expect.poll(() => textOf(app.find('follow-up-calls'))).not.toContain('还剩 1000 次')

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

import { expect, it } from 'vitest'
import { launchApp } from '../support/app.ts'
import { sync, takePracticeAccount } from '../support/merchant.ts'

it('takes what the practice upstream pushes, from the switch to the list', async () => {
  const app = await launchApp()
  await takePracticeAccount(app)
  await app.find('nav-receiver').click()
  await app.find('receiver-state').waitFor()
  expect(await app.find('receiver-address').innerText()).toMatch(/^http:\/\/127\.0\.0\.1:17520\/push\/•+$/)
  await app.find('receiver-reveal').click()
  await expect
    .poll(() => app.find('receiver-address').innerText())
    .toMatch(/^http:\/\/127\.0\.0\.1:17520\/push\/[\w-]{43}$/)
  await app.find('receiver-reveal').click()
  await app.find('receiver-enabled').click()
  await expect.poll(() => app.find('receiver-state').innerText()).toContain('17520')
  await app.find('receiver-test').click()
  await expect.poll(() => app.find('receiver-tested').innerText()).toContain('SUCCESS')

  // The next call gives the address as api_url; from then on changes come by themselves.
  await sync(app)
  await app.find('practice-advance-1').click()
  await app.find('nav-receiver').click()
  await expect
    .poll(async () => Number((await app.find('pushes-merged').innerText()).replace(/\D/g, '')), { timeout: 30_000 })
    .toBeGreaterThan(0)
  // The number of a new card is the merchant's goods, not the customer's phone.
  const list = (await app.page.locator('table').innerText()).replaceAll(/生产号码：\d+/g, '')
  expect(list).toContain('已合并')
  expect(list).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)

  await app.find('receiver-network').click()
  await app.find('receiver-keep-closed').click()
  await app.page.screenshot({ path: 'test-output/receiver.png' })
})

import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import App from '#renderer/App.vue'
import { AppError } from '#shared/errors.ts'
import { counts, row, vault } from './builders.ts'
import { open, type Answers } from './window.ts'

afterEach(() => {
  document.body.innerHTML = ''
})

async function start(answers: Answers) {
  const opened = open(App, { answers })
  for (let turn = 0; turn < 20; turn += 1) await flushPromises()
  return opened
}

const fail = (code: ConstructorParameters<typeof AppError>[0]) => (): never => {
  throw new AppError(code)
}

describe('a failure', () => {
  it('at the start says what to do and offers to try again', async () => {
    const { page } = await start({ 'accounts.list': fail('processGone') })
    expect(page.text()).toContain('后台程序已停止')
    expect(page.findAll('button').some((button) => button.text() === '重试')).toBe(true)
  })

  it('of the orders stands where they would be, with one action', async () => {
    const { page } = await start({ 'orders.counts': fail('databaseCorrupt'), 'orders.window': fail('databaseCorrupt') })
    expect(page.text()).toContain('本机的订单数据已损坏')
    expect(page.text()).toContain('请勿删除')
  })

  it('that no page handles is still told in words', async () => {
    const { page } = await start({ 'settings.set': fail('diskFull') })
    await page.get('[data-testid=nav-settings]').trigger('click')
    for (let turn = 0; turn < 20; turn += 1) await flushPromises()
    await page.get('[data-testid=locale-en] input').setValue(true)
    for (let turn = 0; turn < 20; turn += 1) await flushPromises()
    expect(document.body.textContent).toContain('磁盘空间不足')
  })
})

it('asks for the passphrase when real data is locked, and reads everything again once it is open', async () => {
  let locked = true
  const { page, tell } = await start({
    'vault.state': () => vault({ locked: true, needs: 'passphrase', protection: 'passphrase' }),
    'orders.counts': () => {
      if (locked) throw new AppError('passphraseNeeded')
      return counts(7)
    },
    'orders.window': () => {
      if (locked) throw new AppError('passphraseNeeded')
      return { rows: [row()], total: 1, complete: true, revision: 1 }
    },
  })
  expect(document.querySelector('[data-testid=vault-passphrase]')).not.toBeNull()
  locked = false
  tell('vault.changed', vault({ protection: 'passphrase' }))
  for (let turn = 0; turn < 20; turn += 1) await flushPromises()
  expect(page.get('[data-testid=orders-total]').text()).toBe('7')
  expect(page.text()).not.toContain('需要口令')
})

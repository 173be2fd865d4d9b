import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createSync } from '#renderer/app/create-sync.ts'
import { createWords } from '#renderer/i18n/create-words.ts'
import { progressShare } from '#renderer/pages/sync/progress-share.ts'
import { runTone } from '#renderer/pages/sync/run-tone.ts'
import { syncOrder } from '#renderer/pages/sync/sync-order.ts'
import SyncPage from '#renderer/pages/sync/SyncPage.vue'
import SyncProgressBar from '#renderer/pages/sync/widgets/SyncProgressBar.vue'
import SyncResult from '#renderer/pages/sync/widgets/SyncResult.vue'
import { createOrdersContext, ordersContextKey } from '#renderer/pages/orders/context.ts'
import { AppError } from '#shared/errors.ts'
import type { Run } from '#shared/contract/sync.ts'
import { account, progress, run, syncState } from './builders.ts'
import { connectTo, open, type Answers } from './window.ts'

const words = { global: { plugins: [createWords()] } }
const refused = { code: 'unauthorised' as const, message: '', data: {} }

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the colour of a run', () => {
  it.each([
    [{}, 'green'],
    [{ unreadable: 1 }, 'amber'],
    [{ outcome: 'unclear' }, 'amber'],
    [{ outcome: 'partial' }, 'amber'],
    [{ outcome: 'open' }, 'amber'],
    [{ outcome: 'refused' }, 'red'],
    [{ outcome: 'failed' }, 'red'],
    [{ outcome: 'cancelled' }, 'blue'],
    [{ outcome: null }, 'blue'],
  ] as [Partial<Run>, string][])('%o is %s', (overrides, tone) => {
    expect(runTone(run(overrides))).toBe(tone)
  })
})

describe('how much is done', () => {
  it.each([
    [null, null],
    [progress({ windowsPlanned: 1 }), null],
    [progress({ windowsDone: 1, windowsPlanned: 4 }), 0.25],
    [progress({ windowsDone: 5, windowsPlanned: 4 }), 1],
  ])('case %#', (value, share) => {
    expect(progressShare(value)).toBe(share)
  })
})

describe('what a button asks for', () => {
  const now = Date.UTC(2024, 8, 1)
  it('is an incremental sync of one type', () => {
    expect(syncOrder('own', ['own', 'distributor'], 'sync', { preset: 'all' }, now)).toEqual({
      types: ['own'],
      channel: 'sync',
      range: null,
    })
  })

  it('is every type the account uses for "both", over a range where one is chosen', () => {
    expect(syncOrder('both', ['own'], 'callback', { preset: 'today' }, now)).toEqual({
      types: ['own'],
      channel: 'callback',
      range: { from: '2024-09-01 00:00:00', to: '2024-09-01 23:59:59' },
    })
  })
})

describe('the result of a sync', () => {
  const result = (runs: Run[], error: AppError | null = null, unclearInARow = 0) =>
    mount(SyncResult, { ...words, props: { runs, error, unclearInARow } })

  it('counts what came, run by run', () => {
    const text = result([run(), run({ id: 'r2', type: 'distributor', received: 7 })]).text()
    expect(text).toContain('收到 12')
    expect(text).toContain('收到 7')
    expect(text).toContain('分销商')
  })

  it("shows an unclear reply in amber with the upstream's own words", () => {
    const shown = result([run({ outcome: 'unclear', received: 0, said: '同步成功 12 条' })])
    expect(shown.get('.note').attributes('data-tone')).toBe('amber')
    expect(shown.text()).toContain('同步成功 12 条')
    expect(shown.text()).not.toContain('核对账户设置')
  })

  it('asks the merchant to check after three unclear replies in a row', () => {
    expect(result([run({ outcome: 'unclear' })], null, 3).text()).toContain('已连续 3 次')
  })

  it('offers the way to the account where that is where to mend it', async () => {
    const shown = result([run({ outcome: 'refused', error: refused, said: '签名错误' })])
    expect(shown.text()).toContain('签名错误')
    const button = shown.findAll('button').find((found) => found.text() === '核对账户')
    await button?.trigger('click')
    expect(shown.emitted('fixAccount')).toHaveLength(1)
  })

  it('says why nothing could be started', () => {
    expect(result([], new AppError('quotaUsed')).text()).toContain('零点')
  })
})

it('tells progress with counts, parts and time left, and can be cancelled', async () => {
  const value = progress({ windowsDone: 1, windowsPlanned: 4, received: 800, new: 600, changed: 200, leftMs: 65_000 })
  const shown = mount(SyncProgressBar, { ...words, props: { progress: value } })
  for (const text of ['自营', '收到 800', '新增 600', '变动 200', '1 / 4', '1 分钟'])
    expect(shown.text()).toContain(text)
  await shown.get('[data-testid=sync-cancel]').trigger('click')
  expect(shown.emitted('cancel')).toHaveLength(1)
})

describe('a pressed sync', () => {
  it('has ended only when the whole of it has, whatever main tells meanwhile', async () => {
    let finish: (runs: Run[]) => void = () => undefined
    const { api, tell } = connectTo({
      'sync.start': async (_input, context) => {
        context.progress(progress({ received: 3 }))
        return { runs: await new Promise<Run[]>((resolve) => (finish = resolve)) }
      },
    })
    const sync = createSync(api)
    const pressed = sync.press('a1', { types: ['own'], channel: 'sync', range: null })
    await flushPromises()
    tell('sync.changed', syncState({ running: null }))
    await flushPromises()
    expect([sync.isRunning('a1'), sync.pressed.get('a1')?.ended, sync.progress('a1')?.received]).toEqual([
      true,
      null,
      3,
    ])
    finish([run()])
    await pressed
    expect([sync.isRunning('a1'), sync.pressed.get('a1')?.ended?.runs.length]).toEqual([false, 1])
  })

  it('keeps the error of one that could not start', async () => {
    const { api } = connectTo({
      'sync.start': () => {
        throw new AppError('syncRunning')
      },
    })
    const { ended } = await createSync(api).press('a1', { types: ['own'], channel: 'sync', range: null })
    expect(ended?.error?.code).toBe('syncRunning')
  })
})

describe('the sync page', () => {
  async function page(answers: Answers) {
    const opened = open(SyncPage, {
      answers,
      provide: (app) => ({ [ordersContextKey as symbol]: createOrdersContext(app) }),
    })
    await Promise.all([opened.app.accounts.reload(), opened.app.settings.reload()])
    await opened.app.sync.load('a1')
    await flushPromises()
    return opened
  }

  it('shows no result before the pressed sync has ended, and none of the last one once another is pressed', async () => {
    const finish: ((runs: Run[]) => void)[] = []
    const { page: shown } = await page({
      'sync.start': async () => ({ runs: await new Promise<Run[]>((resolve) => finish.push(resolve)) }),
    })
    const result = () => shown.find('[data-testid=sync-result]').exists()
    await shown.get('[data-testid=sync-both]').trigger('click')
    await flushPromises()
    expect([result(), shown.find('[data-testid=sync-progress]').exists()]).toEqual([false, true])
    finish[0]?.([run()])
    await flushPromises()
    await flushPromises()
    expect(result()).toBe(true)
    await shown.get('[data-testid=sync-own]').trigger('click')
    expect(result()).toBe(false)
  })

  it('leaves the button of a type that the account does not use switched off', async () => {
    const { page: shown } = await page({ 'accounts.list': () => [account({ types: ['own'] })] })
    expect(shown.get('[data-testid=sync-distributor]').attributes('disabled')).toBeDefined()
    expect(shown.get('[data-testid=sync-own]').attributes('disabled')).toBeUndefined()
  })

  it('offers older orders with what they cost, and takes no for an answer', async () => {
    const dismissed: string[] = []
    const { page: shown } = await page({
      'sync.state': () => syncState({ offerBackfill: dismissed.length === 0 }),
      'sync.dismissBackfill': ({ accountId }) => {
        dismissed.push(accountId)
        return {}
      },
    })
    expect(shown.get('[data-testid=backfill-90]').text()).toContain('90 次请求')
    await shown.get('[data-testid=backfill-dismiss]').trigger('click')
    await flushPromises()
    expect(dismissed).toEqual(['a1'])
    expect(shown.find('[data-testid=backfill-90]').exists()).toBe(false)
  })

  it('lets the practice world live on, and no real one', async () => {
    const hours: number[] = []
    const { page: shown } = await page({
      'accounts.list': () => [account({ practice: true })],
      'accounts.advancePractice': (input) => {
        hours.push(input.hours)
        return {}
      },
    })
    await shown.get('[data-testid=practice-advance-7]').trigger('click')
    await flushPromises()
    expect(hours).toEqual([168])
    const { page: real } = await page({})
    expect(real.find('[data-testid=practice-advance-7]').exists()).toBe(false)
  })
})

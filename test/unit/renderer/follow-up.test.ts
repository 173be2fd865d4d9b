import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { createWords } from '#renderer/i18n/create-words.ts'
import { createOrdersContext, ordersContextKey } from '#renderer/pages/orders/context.ts'
import SyncPage from '#renderer/pages/sync/SyncPage.vue'
import FollowUpPanel from '#renderer/pages/sync/widgets/FollowUpPanel.vue'
import ReconcilePanel from '#renderer/pages/sync/widgets/ReconcilePanel.vue'
import type { FollowUpState, ReconcileReport } from '#shared/contract/sync.ts'
import { followUpState, reconcileReport, run, syncState } from './builders.ts'
import { open, type Answers } from './window.ts'

const words = { global: { plugins: [createWords()] } }
const nowMs = Date.UTC(2026, 10, 24, 4)
const range = { from: '2026-11-01 00:00:00', to: '2026-11-23 23:59:59' }

afterEach(() => {
  document.body.innerHTML = ''
})

const followed = {
  daily: 12,
  weekly: 3,
  nextAt: nowMs,
  calls: 2,
  callsOfAll: 4,
  windows: [{ type: 'own', range }],
} as const
const panel = (overrides: Partial<FollowUpState> = {}, running = false) =>
  mount(FollowUpPanel, {
    ...words,
    props: { state: followUpState({ ...followed, windows: [...followed.windows], ...overrides }), running, nowMs },
  })

describe('the follow-up panel', () => {
  it('says what is followed, when the next round is, what it reads and what it costs', () => {
    const text = panel().text()
    for (const said of [
      '每天 12 单，每周 3 单',
      '现在',
      '要用 2 次请求，今天的跟进额度还剩 1,000 次',
      '2026-11-01',
      '自营',
    ])
      expect(text).toContain(said)
    expect(panel({ nextAt: nowMs + 86_400_000 }).text()).toContain('2026-11-25 12:00')
  })

  it.each([
    ['created', '指下单时间'],
    ['updated', '指更新时间'],
    ['unknown', '还看不出'],
  ] as const)('says that the dates mean %s', (meaning, said) => {
    expect(panel({ meaning }).find('[data-testid="range-meaning"]').text()).toContain(said)
  })

  it('runs by a press, and is switched by one', async () => {
    const shown = panel()
    await shown.find('[data-testid="follow-up-run"]').trigger('click')
    await shown.find('[data-testid="follow-up-on"] input').trigger('change')
    expect(shown.emitted('run')).toHaveLength(1)
    expect(shown.emitted('switch')).toEqual([[false]])
  })

  it.each<[string, Partial<FollowUpState>, boolean]>([
    ['where nothing is followed', { daily: 0, weekly: 0, nextAt: null }, false],
    ['where the share of the quota is used up', { callsLeft: 0 }, false],
    ['while something runs', {}, true],
  ])('cannot be run %s', (_when, overrides, running) => {
    expect(panel(overrides, running).find('[data-testid="follow-up-run"]').attributes('disabled')).toBeDefined()
  })
})

describe('the reconcile panel', () => {
  const reconciled = (report: Partial<ReconcileReport>) =>
    mount(ReconcilePanel, {
      ...words,
      props: {
        state: followUpState({ nextReconcileAt: nowMs + 1 }),
        report: reconcileReport(report),
        running: false,
        nowMs,
      },
    })

  it('says nothing of a result before the first one', () => {
    expect(reconciled({}).find('[data-testid="reconcile-report"]').exists()).toBe(false)
  })

  it('says that nothing was missed', () => {
    expect(reconciled({ at: nowMs }).text()).toContain('没有漏掉任何订单')
  })

  it('counts and lists what was missed and what is gone', () => {
    const finding = { orderId: 1, orderNo: '0012', type: 'own', stage: 'shipped', kind: 'gone' } as const
    const text = reconciled({ at: nowMs, new: 600, changed: 2, gone: 1, findings: [finding] }).text()
    for (const said of ['漏掉新单 600、变动 2；上游已查不到 1', '0012', '还有 602 条没有列出'])
      expect(text).toContain(said)
  })
})

describe('the sync page', () => {
  const openPage = async (answers: Answers) => {
    const provide = (app: Parameters<typeof createOrdersContext>[0]) => ({
      [ordersContextKey as symbol]: createOrdersContext(app),
    })
    const opened = open(SyncPage, { answers, provide })
    await Promise.all([opened.app.accounts.reload(), opened.app.settings.reload()])
    await opened.app.sync.load('a1')
    await flushPromises()
    return opened
  }

  it('offers to go on with what is unread, or to forget it', async () => {
    const asked: string[] = []
    const unread = [{ type: 'own', channel: 'sync', range }] as const
    const { page } = await openPage({
      'sync.state': () => syncState({ unread: [...unread] }),
      'sync.resume': () => (asked.push('resume'), { runs: [run({ purpose: 'resume' })] }),
      'sync.dropUnread': () => (asked.push('drop'), {}),
    })
    expect(page.find('[data-testid="unread"]').text()).toContain('2026-11-01 00:00')
    await page.find('[data-testid="unread-drop"]').trigger('click')
    await page.find('[data-testid="unread-resume"]').trigger('click')
    await flushPromises()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toEqual(['drop', 'resume'])
    expect(page.find('[data-testid="sync-result"]').text()).toContain('接着读取：完成')
  })
})

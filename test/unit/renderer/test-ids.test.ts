import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import App from '#renderer/App.vue'
import { account } from './builders.ts'
import { open, type Answers } from './window.ts'

/** The names that tests and scripts may rely on, by where they are found. */
const everywhere = ['nav-orders', 'nav-sync', 'nav-accounts', 'nav-mapping', 'nav-settings']
const withAccount = ['orders-total', 'quota-used', 'export-csv']
const expected = {
  welcome: ['welcome-practice', 'welcome-add'],
  orders: [
    'range-picker',
    'tab-own',
    'tab-distributor',
    'orders-grid',
    'orders-search',
    'order-drawer',
    'history-item',
  ],
  sync: ['sync-own', 'sync-distributor', 'sync-both', 'sync-cancel', 'sync-progress', 'sync-result', 'range-picker'],
  accounts: [
    'account-edit',
    'account-form',
    'account-save',
    'account-advanced',
    ...[
      'label',
      'key',
      'name',
      'password',
      'token',
      'sk',
      'api-url',
      'api-token',
      'api-user',
      'api-pwd',
      'gateway',
    ].map((field) => `account-${field}`),
  ],
}
const repeated = new Set(['history-item', 'account-edit'])

beforeAll(async () => {
  // Lazy pages come at once when they have been imported before.
  await Promise.all([
    import('#renderer/pages/welcome/WelcomePage.vue'),
    import('#renderer/pages/orders/OrdersPage.vue'),
    import('#renderer/pages/sync/SyncPage.vue'),
    import('#renderer/pages/accounts/AccountsPage.vue'),
    import('#renderer/pages/mapping/MappingPage.vue'),
    import('#renderer/pages/settings/SettingsPage.vue'),
  ])
})
afterEach(() => {
  document.body.innerHTML = ''
})

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await flushPromises()
}

async function start(answers: Answers = {}) {
  const opened = open(App, { answers })
  await settle()
  const seen = new Set<string>()
  /** Adds what is in the document now; nothing but the repeated names may be there twice. */
  const look = (): void => {
    const ids = [...document.querySelectorAll<HTMLElement>('[data-testid]')].map(
      (element) => element.dataset['testid'] ?? '',
    )
    for (const id of ids) seen.add(id)
    const once = ids.filter((id) => !repeated.has(id))
    expect(once.filter((id, at) => once.indexOf(id) !== at)).toEqual([])
  }
  const press = async (id: string): Promise<void> => {
    await opened.page.get(`[data-testid=${id}]`).trigger('click')
    await settle()
    look()
  }
  look()
  return { ...opened, seen, look, press }
}

describe('the names for tests', () => {
  it('are all on the welcome page, each once', async () => {
    const { seen } = await start({ 'accounts.list': () => [] })
    for (const id of [...everywhere, ...expected.welcome]) expect(seen).toContain(id)
  })

  it('are all on the orders page, each once', async () => {
    const { seen, look, page } = await start()
    await page.getComponent({ name: 'OrdersGrid' }).vm.$emit('open', 1)
    await settle()
    look()
    for (const id of [...everywhere, ...withAccount, ...expected.orders]) expect(seen).toContain(id)
    expect(page.get('[data-testid=orders-total]').text()).toBe('5')
    expect(page.get('[data-testid=quota-used]').text()).toBe('128')
    expect(page.get('[data-testid=orders-search]').element.tagName).toBe('INPUT')
  })

  it('are all on the sync page, each once', async () => {
    let finish: () => void = () => undefined
    const { seen, press, look } = await start({
      'sync.start': async () => {
        await new Promise<void>((resolve) => (finish = resolve))
        return { runs: [] }
      },
    })
    await press('nav-sync')
    await press('sync-both')
    finish()
    await settle()
    look()
    for (const id of [...everywhere, ...withAccount, ...expected.sync]) expect(seen).toContain(id)
  })

  it('are all on the accounts page, each once but for the buttons of the list', async () => {
    const { seen, press } = await start({
      'accounts.list': () => [account(), account({ id: 'a2', label: '李四的店' })],
    })
    await press('nav-accounts')
    await document.querySelector<HTMLElement>('[data-testid=account-edit]')?.click()
    await settle()
    await press('account-advanced')
    for (const id of [...everywhere, ...withAccount, ...expected.accounts]) expect(seen).toContain(id)
  })

  it('stand once on the settings page', async () => {
    const { press, seen } = await start()
    await press('nav-settings')
    for (const id of [...everywhere, ...withAccount]) expect(seen).toContain(id)
  })
})

import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import App from '#renderer/App.vue'
import { refusals } from '#renderer/pages/receiver/refused-words.ts'
import type { PushItem, ReceiverState } from '#shared/contract/receiver.ts'
import { AppError } from '#shared/errors.ts'
import { open, type Answers } from './window.ts'

const none = { path: 0, method: 0, sign: 0, token: 0, tooLarge: 0, notUnderstood: 0, busy: 0, broken: 0 }
const address = 'http://127.0.0.1:17520/push/kZ2_secret'
const hidden = 'http://127.0.0.1:17520/push/••••'

function state(overrides: Partial<ReceiverState> = {}): ReceiverState {
  return {
    accountId: 'a1',
    settings: { enabled: true, port: 17_520, network: false, answer: 'SUCCESS' },
    listening: true,
    problem: null,
    address: hidden,
    counts: { merged: 3, unmatched: 1, several: 0, product: 0, unreadable: 0, waiting: 0, lastReceivedAt: 1_000 },
    refused: none,
    pings: { count: 0, lastAt: null },
    ...overrides,
  }
}

const push: PushItem = {
  id: 7,
  state: 'unmatched',
  channel: 'push',
  receivedAt: 1_000,
  lastReceivedAt: 2_000,
  repeats: 2,
  orderNo: null,
  ownNo: 'W000001',
  order: null,
  said: [
    { column: 'status', value: '550' },
    { column: 'phone', value: '138****0013' },
  ],
  original: '{}',
}

beforeAll(async () => {
  await Promise.all([
    import('#renderer/pages/orders/OrdersPage.vue'),
    import('#renderer/pages/receiver/ReceiverPage.vue'),
  ])
})
afterEach(() => {
  document.body.innerHTML = ''
})

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await flushPromises()
}

async function flip(page: VueWrapper, id: string): Promise<void> {
  const switches = page.findAllComponents({ name: 'ElSwitch' })
  switches.find((one) => one.attributes('data-testid') === id)?.vm.$emit('update:modelValue', true)
  await settle()
}

async function show(answers: Answers = {}) {
  const opened = open(App, {
    answers: {
      'receiver.state': () => state(),
      'receiver.pushes': () => [push],
      'receiver.address': () => ({ address }),
      ...answers,
    },
  })
  await settle()
  await opened.page.get('[data-testid=nav-receiver]').trigger('click')
  await settle()
  const find = (id: string): ReturnType<VueWrapper['get']> => opened.page.get(`[data-testid=${id}]`)
  const press = async (id: string): Promise<void> => {
    await find(id).trigger('click')
    await settle()
  }
  return { ...opened, find, press }
}

describe('the page of the receiver', () => {
  it('says what reaches the address to paste, and copies it without showing its secret', async () => {
    const copied: string[] = []
    const { page, find, press } = await show({ 'app.copy': ({ text }) => (copied.push(text), {}) })
    expect(page.text()).toMatch(/隧道|tunnel/)
    await press('receiver-copy')
    expect(copied).toEqual([address])
    expect(find('receiver-address').text()).toBe(hidden)
  })

  it('asks for the whole address only to show it, and hides it again, after a renewal too', async () => {
    let asked = 0
    const { find, press } = await show({
      'receiver.address': () => ((asked += 1), { address }),
      'receiver.renewAddress': () => state(),
    })
    expect([asked, find('receiver-address').text()]).toEqual([0, hidden])
    await press('receiver-reveal')
    expect([asked, find('receiver-address').text()]).toEqual([1, address])
    await press('receiver-reveal')
    expect(find('receiver-address').text()).toBe(hidden)
    await press('receiver-reveal')
    await press('receiver-renew')
    expect(find('receiver-address').text()).toBe(hidden)
  })

  it('lists what arrived, masked, and what waits for its order', async () => {
    const asked: unknown[] = []
    const { page, press } = await show({ 'receiver.pushes': (input) => (asked.push(input.states), [push]) })
    expect(page.text()).toContain('W000001')
    expect(page.text()).toContain('138****0013')
    expect(page.text()).not.toMatch(/状态回调|status callback/)
    await press('pushes-unmatched')
    expect(asked).toEqual([[], ['unmatched']])
  })

  it('tells what a status callback brought from what was pushed', async () => {
    const { page } = await show({ 'receiver.pushes': () => [{ ...push, channel: 'callback' }] })
    expect(page.text()).toMatch(/状态回调|status callback/)
  })

  it('is switched on and off', async () => {
    const set: unknown[] = []
    const off = state({ listening: false, settings: { ...state().settings, enabled: false } })
    const { find, page } = await show({
      'receiver.state': () => off,
      'receiver.set': (input) => (set.push(input), state()),
    })
    expect(find('receiver-test').attributes('disabled')).toBeDefined()
    await flip(page, 'receiver-enabled')
    expect(set).toMatchObject([{ settings: { enabled: true }, confirmed: false }])
    expect(find('receiver-state').text()).toContain('17520')
  })

  it('opens to the network only after the warning was confirmed', async () => {
    const set: { settings: { network: boolean }; confirmed: boolean }[] = []
    const { page, press } = await show({
      'receiver.set': (input) => (set.push(input), state({ settings: input.settings })),
    })
    await flip(page, 'receiver-network')
    await press('receiver-keep-closed')
    expect(set).toEqual([])
    await flip(page, 'receiver-network')
    await press('receiver-confirm')
    expect(set).toMatchObject([{ settings: { network: true }, confirmed: true }])
  })

  it('sends itself a test and says how it was answered', async () => {
    const { find, press } = await show({ 'receiver.test': () => ({ status: 200, answer: 'SUCCESS', tookMs: 4 }) })
    await press('receiver-test')
    expect(find('receiver-tested').text()).toMatch(/SUCCESS.*4/)
  })

  it('says what is wrong and what to do where the port is taken or the data is locked', async () => {
    const { page } = await show({ 'receiver.state': () => state({ listening: false, problem: 'portTaken' }) })
    expect(page.text()).toMatch(/17520 .*(占用|in use)/)
    document.body.innerHTML = ''
    const locked = await show({
      'receiver.state': () => {
        throw new AppError('passphraseNeeded')
      },
    })
    expect(locked.page.find('[data-testid=receiver-address]').exists()).toBe(false)
  })
})

describe('what was turned away', () => {
  it('is told by reason, most frequent first', () => {
    expect(refusals({ ...none, sign: 2, path: 5 })).toEqual({
      total: 7,
      reasons: [
        ['path', 5],
        ['sign', 2],
      ],
    })
    expect(refusals(none)).toEqual({ total: 0, reasons: [] })
  })
})

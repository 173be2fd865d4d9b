import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import OrderPanel from '#renderer/order/OrderPanel.vue'
import { panelKey, type PressedKey } from '#renderer/order/panel-key.ts'
import { detail, row } from './builders.ts'
import { open, type Answers } from './window.ts'

const pressed = (key: Partial<PressedKey>): PressedKey => ({
  key: 'a',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  target: document.body,
  ...key,
})

describe('the keys of an open order', () => {
  it.each([
    [{ key: 'ArrowDown', altKey: true }, 'next'],
    [{ key: 'ArrowUp', altKey: true }, 'previous'],
    [{ key: 'j' }, 'next'],
    [{ key: 'K' }, 'previous'],
    [{ key: 'F6' }, 'focus'],
    [{ key: 'ArrowDown' }, null],
    [{ key: 'j', ctrlKey: true }, null],
    [{ key: 'j', isComposing: true }, null],
    [{ key: 'j', target: document.createElement('textarea') }, null],
    [{ key: 'ArrowUp', altKey: true, target: document.createElement('input') }, 'previous'],
  ] as [Partial<PressedKey>, string | null][])('%o: %s', (key, action) => {
    expect(panelKey(pressed(key))).toBe(action)
  })
})

describe('an order beside a list', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => {
    vi.useRealTimers()
    document.body.innerHTML = ''
  })
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 10; turn += 1) await flushPromises()
  }

  async function show(answers: Answers = {}, props = {}) {
    const shown = open(OrderPanel, {
      answers,
      props: { accountId: 'a1', orderId: 1, revealAll: false, nowMs: 0, ...props },
    })
    await settle()
    return shown
  }

  it('masks until it is revealed, and masks again after a minute', async () => {
    const asked: boolean[] = []
    const { page } = await show({
      'orders.detail': ({ reveal }) => {
        asked.push(reveal)
        return detail()
      },
    })
    await page.get('[data-testid=order-reveal]').trigger('click')
    await settle()
    expect(asked).toEqual([false, true])
    await vi.advanceTimersByTimeAsync(60_000)
    await settle()
    expect(asked).toEqual([false, true, false])
  })

  it('writes a note to the order it was typed at, though the next one is shown by then', async () => {
    const saved: [number, unknown][] = []
    const { page } = await show({
      'orders.detail': ({ id }) => detail({ row: row({ id, note: null }) }),
      'annotations.save': ({ id, change }) => {
        saved.push([id, change])
        return { note: change.note ?? '', tags: [], flag: null }
      },
    })
    await page.get('[data-testid=order-note]').setValue('周末送')
    await page.setProps({ orderId: 2 })
    await settle()
    expect(saved).toEqual([[1, { note: '周末送' }]])
    expect((page.get('[data-testid=order-note]').element as HTMLTextAreaElement).value).toBe('')
  })

  it('steps and closes wherever the focus is', async () => {
    const { page } = await show()
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true }))
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'k' }))
    await page.get('[data-testid=order-next]').trigger('click')
    await page.get('[data-testid=order-close]').trigger('click')
    expect(page.emitted('step')).toEqual([[1], [-1], [1]])
    expect(page.emitted('close')).toHaveLength(1)
  })

  it('takes the focus by F6, and gives it back to where it was', async () => {
    const list = document.createElement('button')
    document.body.append(list)
    list.focus()
    const { page } = await show()
    const f6 = () => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F6' }))
    f6()
    expect(page.element.contains(document.activeElement)).toBe(true)
    f6()
    expect(document.activeElement).toBe(list)
    f6()
    await page.get('[data-testid=order-close]').trigger('click')
    expect(document.activeElement).toBe(list)
  })
})

import { Window as Page } from 'happy-dom'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { clearAtRest } from '#renderer/app/clear-at-rest.ts'

const cleared = vi.fn()
/** One of its own for each: what listens to it goes with it. */
let page: typeof window

beforeEach(() => {
  vi.useFakeTimers()
  cleared.mockClear()
  page = new Page() as unknown as typeof window
  Object.assign(page, { gc: cleared })
})
afterEach(() => vi.useRealTimers())

it('clears once the page has opened and rests, and not again for as long as it rests', () => {
  clearAtRest(page)
  vi.advanceTimersByTime(60_000)
  expect(cleared).toHaveBeenCalledOnce()
})

it('waits while something inside the page scrolls, and clears after it has stopped', () => {
  const list = page.document.createElement('div')
  page.document.body.append(list)
  clearAtRest(page)
  for (let step = 0; step < 100; step += 1) {
    vi.advanceTimersByTime(100)
    list.dispatchEvent(new page.Event('scroll'))
  }
  expect(cleared).not.toHaveBeenCalled()
  vi.advanceTimersByTime(5_000)
  expect(cleared).toHaveBeenCalledOnce()
})

it('does nothing where the page may not clear its heap', () => {
  Object.assign(page, { gc: undefined })
  clearAtRest(page)
  expect(() => vi.advanceTimersByTime(5_000)).not.toThrow()
})

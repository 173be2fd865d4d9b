import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Recounter } from '#database/statistics/recounter.ts'
import type { Session } from '#database/session.ts'

let recounter: Recounter
let counted: number

beforeEach(() => {
  vi.useFakeTimers()
  counted = 0
  // Only when it begins is of interest here; the counting itself is tried with a real database.
  recounter = new Recounter({ orders: { isOpen: false } } as Session, () => undefined)
  vi.spyOn(recounter, 'now').mockImplementation(() => {
    counted += 1
    return Promise.resolve()
  })
})
afterEach(() => vi.useRealTimers())

it('counts once a row of writes is over', () => {
  for (let write = 0; write < 3; write += 1) {
    recounter.wake()
    vi.advanceTimersByTime(1_000)
  }
  expect(counted).toBe(0)
  vi.advanceTimersByTime(1_000)
  expect(counted).toBe(1)
})

it('is not put off for ever by writes that do not end', () => {
  for (let write = 0; write < 30; write += 1) {
    recounter.wake()
    vi.advanceTimersByTime(1_000)
  }
  expect(counted).toBeGreaterThanOrEqual(4)
})

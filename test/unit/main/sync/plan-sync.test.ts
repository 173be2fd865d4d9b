import { describe, expect, it } from 'vitest'
import { dayMs, fromBeijing } from '#domain/beijing-time.ts'
import { planSync, type SyncFacts } from '#main/sync/plan-sync.ts'

const now = fromBeijing('2025-03-20 10:00:00')

function planned(facts: Partial<SyncFacts>) {
  const { purpose, range, steps } = planSync({
    asked: null,
    sharedWithOthers: false,
    lastCompleteAt: now - dayMs,
    now,
    ...facts,
  })
  return { purpose, range, steps: steps.map((step) => (step.kind === 'range' ? step.range : step.kind)) }
}

const range = (from: string, to: string) => ({ from, to })

describe('what a sync asks', () => {
  it('is the incremental call when the last one is recent', () => {
    expect(planned({})).toEqual({ purpose: 'sync', range: null, steps: ['incremental'] })
  })

  it('is exactly the last 7 days by range the first time', () => {
    const week = range('2025-03-13 10:00:00', '2025-03-20 10:00:00')
    expect(planned({ lastCompleteAt: null })).toEqual({ purpose: 'firstSync', range: week, steps: [week] })
  })

  it.each([
    ['just 6 days', 6 * dayMs, 'sync'],
    ['a moment more than 6 days', 6 * dayMs + 1, 'catchUp'],
  ])('after %s', (_after, ago, purpose) => {
    expect(planned({ lastCompleteAt: now - ago }).purpose).toBe(purpose)
  })

  it('is the range from a day before the last complete sync, then the incremental call, after a long time', () => {
    const since = range('2025-02-27 10:00:00', '2025-03-20 10:00:00')
    expect(planned({ lastCompleteAt: fromBeijing('2025-02-28 10:00:00') })).toEqual({
      purpose: 'catchUp',
      range: since,
      steps: [since, 'incremental'],
    })
  })

  it.each([
    ['at least 7 days', now - 3_600_000, '2025-03-13 10:00:00'],
    ['from a day before the last complete sync', fromBeijing('2025-02-28 10:00:00'), '2025-02-27 10:00:00'],
  ])('is never incremental on an account shared with another program: %s', (_what, lastCompleteAt, from) => {
    const since = range(from, '2025-03-20 10:00:00')
    expect(planned({ sharedWithOthers: true, lastCompleteAt })).toEqual({
      purpose: 'sync',
      range: since,
      steps: [since],
    })
  })

  it('takes a last sync in the future, from a clock that went back, for one just now', () => {
    expect(planned({ lastCompleteAt: now + 30 * dayMs }).purpose).toBe('sync')
    expect(planned({ lastCompleteAt: now + 30 * dayMs, sharedWithOthers: true }).range?.to).toBe('2025-03-20 10:00:00')
  })

  it('is the range the merchant chose, cut to one day from now', () => {
    const asked = range('2024-01-01 00:00:00', '2025-12-31 23:59:59')
    const cut = range('2024-01-01 00:00:00', '2025-03-21 10:00:00')
    expect(planned({ asked })).toEqual({ purpose: 'range', range: cut, steps: [cut] })
  })

  it('is nothing when the chosen range lies wholly ahead', () => {
    expect(planned({ asked: range('2026-01-01 00:00:00', '2026-01-02 00:00:00') })).toMatchObject({ steps: [] })
  })
})

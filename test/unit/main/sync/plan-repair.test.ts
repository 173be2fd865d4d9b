import { describe, expect, it } from 'vitest'
import { fromBeijing } from '#domain/beijing-time.ts'
import type { OpenRequest } from '#shared/database/contract.ts'
import { groupOpen, planRepair, repairRange, repairSteps } from '#main/sync/plan-repair.ts'

const now = fromBeijing('2025-03-20 10:00:00')
let lastId = 0

function open(overrides: Partial<OpenRequest> = {}): OpenRequest {
  lastId += 1
  return { id: lastId, accountId: 'a', type: 'own', channel: 'sync', range: null, openedAt: now, ...overrides }
}

const facts = (oldestUnfinished: string | null = null) => ({ oldestUnfinished, now })

describe('the range that repairs', () => {
  it('a range request is its own', () => {
    const range = { from: '2024-01-01 00:00:00', to: '2024-01-31 00:00:00' }
    expect(repairRange(open({ range }), facts('2023-01-01 00:00:00'))).toEqual(range)
  })

  it.each([
    ['no order is unfinished: from 8 days before it', null, '2025-03-12 10:00:00'],
    ['the oldest unfinished order is younger than that', '2025-03-19 08:00:00', '2025-03-12 10:00:00'],
    ['it is older: from its creation day', '2025-02-01 18:30:00', '2025-02-01 00:00:00'],
    ['it is very old: 120 days back', '2023-02-01 18:30:00', '2024-11-20 10:00:00'],
  ])('an incremental one when %s', (_when, oldest, from) => {
    expect(repairRange(open(), facts(oldest))).toEqual({ from, to: '2025-03-21 10:00:00' })
  })

  it('counts the 8 days from the request, however long ago that was', () => {
    const request = open({ openedAt: fromBeijing('2024-06-20 10:00:00') })
    expect(repairRange(request, facts('2025-03-01 00:00:00')).from).toBe('2024-06-12 10:00:00')
  })

  it('reaches to both sides of a request from a clock that was ahead', () => {
    const range = repairRange(open({ openedAt: fromBeijing('2025-04-01 10:00:00') }), facts())
    expect(range).toEqual({ from: '2025-03-12 10:00:00', to: '2025-04-02 10:00:00' })
  })
})

describe('a repair', () => {
  it('asks ranges that touch or overlap as one, and knows every request each closes', () => {
    const first = open({ range: { from: '2024-01-01 00:00:00', to: '2024-02-01 00:00:00' } })
    const inside = open({ range: { from: '2024-01-10 00:00:00', to: '2024-01-11 00:00:00' } })
    const touching = open({ range: { from: '2024-02-01 00:00:00', to: '2024-03-01 00:00:00' } })
    const apart = open({ range: { from: '2024-06-01 00:00:00', to: '2024-06-02 00:00:00' } })
    const steps = repairSteps([apart, touching, inside, first], facts())
    expect(steps.map(({ range }) => range)).toEqual([
      { from: '2024-01-01 00:00:00', to: '2024-03-01 00:00:00' },
      apart.range,
    ])
    expect(steps.map(({ repairs }) => repairs.map(({ id }) => id))).toEqual([
      [first.id, inside.id, touching.id],
      [apart.id],
    ])
  })

  it('makes one run for each type and channel that has open requests', () => {
    const groups = groupOpen([open(), open(), open({ type: 'distributor' }), open({ channel: 'callback' })])
    expect(groups.map(({ type, channel, requests }) => [type, channel, requests.length])).toEqual([
      ['own', 'sync', 2],
      ['own', 'callback', 1],
      ['distributor', 'sync', 1],
    ])
    expect(groupOpen([])).toEqual([])
  })

  it('shows the whole range it spans', () => {
    const old = open({ range: { from: '2024-01-01 00:00:00', to: '2024-02-01 00:00:00' } })
    const plan = planRepair([open(), old], facts())
    expect(plan).toMatchObject({ purpose: 'repair', range: { from: '2024-01-01 00:00:00', to: '2025-03-21 10:00:00' } })
    expect(plan.steps).toHaveLength(2)
  })
})

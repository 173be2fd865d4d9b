import { describe, expect, it } from 'vitest'
import { dayMs, hourMs } from '#domain/beijing-time.ts'
import type { FollowUpState } from '#shared/contract/sync.ts'
import { AppError } from '#shared/errors.ts'
import { FollowUpSchedule, whatIsDue } from '#main/sync/follow-up/follow-up-schedule.ts'

const start = Date.UTC(2026, 10, 24)

function stateOf(overrides: Partial<FollowUpState> = {}): FollowUpState {
  return {
    accountId: 'a1',
    on: true,
    meaning: 'created',
    daily: 5,
    weekly: 0,
    nextAt: start,
    windows: [],
    calls: 2,
    callsOfAll: 2,
    callsLeft: 1_000,
    lastRoundAt: null,
    lastReconcileAt: null,
    nextReconcileAt: start + dayMs,
    ...overrides,
  }
}

describe('what is due', () => {
  it.each<[string, Partial<FollowUpState>, ReturnType<typeof whatIsDue>]>([
    ['a round', {}, 'followUp'],
    ['nothing before its time', { nextAt: start + 1 }, null],
    ['nothing where nothing is followed', { nextAt: null, calls: 0 }, null],
    ['nothing where it is switched off', { on: false, nextReconcileAt: start }, null],
    ['nothing where the share of the quota is used up', { callsLeft: 0, nextReconcileAt: start }, null],
    ['nothing before the first sync', { nextReconcileAt: null }, null],
    ['the weekly reconcile, before a round', { nextReconcileAt: start }, 'reconcile'],
  ])('%s', (_what, overrides, due) => {
    expect(whatIsDue(stateOf(overrides), start)).toBe(due)
  })
})

/** A schedule whose timers, clocks and account the test holds. */
function desk(overrides: Partial<FollowUpState> = {}) {
  const held = {
    state: stateOf(overrides),
    free: true,
    nowMs: start,
    monotonicMs: 1_000_000,
    fails: null as AppError | null,
    made: [] as string[],
    delays: [] as number[],
    timer: null as (() => void) | null,
  }
  const make = (what: string) => async () => {
    held.made.push(what)
    if (held.fails !== null) throw held.fails
    return [] as never
  }
  const schedule = new FollowUpSchedule({
    followUp: { state: async () => held.state, round: make('followUp'), reconcile: make('reconcile') },
    sync: { isFree: () => held.free, now: () => held.nowMs },
    accounts: () => [{ id: 'a1' }],
    later(work, delayMs) {
      held.delays.push(delayMs)
      held.timer = work
      return () => void (held.timer = null)
    },
    monotonicMs: () => held.monotonicMs,
    log: { info: () => undefined, warn: () => undefined },
  })
  return { held, schedule }
}

describe('the schedule', () => {
  it('looks some minutes after the start, and again every ten minutes', async () => {
    const { held, schedule } = desk({ nextAt: start + dayMs })
    schedule.start()
    expect(held.delays).toEqual([180_000])
    held.timer?.()
    await schedule.look()
    await new Promise((resolve) => setImmediate(resolve))
    expect(held.delays).toEqual([180_000, 600_000])
    expect(held.made).toEqual([])
    schedule.stop()
    expect(held.timer).toBeNull()
  })

  it('makes what is due, then leaves the account alone for an hour, well or not', async () => {
    const { held, schedule } = desk()
    held.fails = new AppError('network')
    await schedule.look()
    await schedule.look()
    expect(held.made).toEqual(['followUp'])
    held.monotonicMs += hourMs
    await schedule.look()
    expect(held.made).toEqual(['followUp', 'followUp'])
  })

  it('does not get in the way of whatever runs', async () => {
    const { held, schedule } = desk()
    held.free = false
    await schedule.look()
    expect(held.made).toEqual([])
    held.free = true
    await schedule.look()
    expect(held.made).toEqual(['followUp'])
  })

  it('looks again at its next look where a repair or a sync came first, as after a sleep', async () => {
    const { held, schedule } = desk()
    held.fails = new AppError('syncRunning')
    await schedule.look()
    held.fails = null
    await schedule.look()
    expect(held.made).toEqual(['followUp', 'followUp'])
  })

  it('looks as soon as the computer wakes, but only while it is started', async () => {
    const { held, schedule } = desk()
    schedule.wake()
    await new Promise((resolve) => setImmediate(resolve))
    expect(held.made).toEqual([])
    schedule.start()
    schedule.wake()
    await new Promise((resolve) => setImmediate(resolve))
    expect(held.made).toEqual(['followUp'])
  })

  it.each([
    ['set back by a year', -365 * dayMs],
    ['ahead by a year', 365 * dayMs],
  ])('goes on where the PC’s clock was %s: its rests do not hang on it', async (_how, jumpMs) => {
    const { held, schedule } = desk()
    await schedule.look()
    held.nowMs += jumpMs
    held.state = stateOf({ nextAt: held.nowMs })
    held.monotonicMs += hourMs
    await schedule.look()
    expect(held.made).toHaveLength(2)
  })

  it('makes one look at a time', async () => {
    const { held, schedule } = desk()
    await Promise.all([schedule.look(), schedule.look(), schedule.look()])
    expect(held.made).toEqual(['followUp'])
  })
})

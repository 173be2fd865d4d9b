import { describe, expect, it } from 'vitest'
import { ServerClock } from '#main/upstream/server-clock.ts'

const noon = Date.UTC(2025, 5, 1, 12)

/** The header that a server whose clock says `epochMs` sends: whole seconds. */
const header = (epochMs: number) => new Date(epochMs).toUTCString()

function clockOf(pcAheadMs: number) {
  const clock = new ServerClock({ now: () => noon + pcAheadMs })
  return {
    clock,
    learn: (date: string | null, took = 0) => clock.learn(date, noon + pcAheadMs - took, noon + pcAheadMs),
  }
}

describe('the clock corrected by the server', () => {
  it('is the PC’s before the first reply', () => {
    expect(clockOf(5_000).clock.skewMs).toBeNull()
    expect(clockOf(5_000).clock.now()).toBe(noon + 5_000)
  })

  it('goes on with the correction of an earlier start until the server is heard from', () => {
    const pcMs = noon - 86_400_000
    const clock = new ServerClock({ now: () => pcMs }, 86_400_000)
    expect(clock.now()).toBe(noon)
    expect(clock.skewMs).toBeNull()
    clock.learn(header(noon), pcMs, pcMs)
    expect(clock.now()).toBe(noon)
    clock.learn(header(pcMs), pcMs, pcMs)
    expect(Math.abs(clock.now() - pcMs)).toBeLessThanOrEqual(1_000)
  })

  it.each([3_600_000, -3_600_000, 30 * 86_400_000])('follows the server when the PC is %d ms ahead', (pcAheadMs) => {
    const { clock, learn } = clockOf(pcAheadMs)
    learn(header(noon))
    expect(Math.abs(clock.now() - noon)).toBeLessThanOrEqual(1_000)
  })

  it('does not shift a right clock, though the header is cut to the second', () => {
    const { clock, learn } = clockOf(700)
    learn(header(noon + 700))
    expect(clock.skewMs).toBe(0)
  })

  it('takes a slow reply for what it is, not for a wrong clock', () => {
    const { clock, learn } = clockOf(0)
    learn(header(noon - 20_000), 30_000)
    expect(clock.skewMs).toBe(0)
  })

  it('keeps its correction while headers agree with it', () => {
    const { clock, learn } = clockOf(3_600_000)
    learn(header(noon))
    const before = clock.skewMs
    learn(header(noon - 400), 2_000)
    expect(clock.skewMs).toBe(before)
  })

  it('follows a clock that was set right', () => {
    let pc = noon + 3_600_000
    const clock = new ServerClock({ now: () => pc })
    clock.learn(header(noon), pc, pc)
    pc = noon
    clock.learn(header(noon), pc, pc)
    expect(Math.abs(clock.now() - noon)).toBeLessThanOrEqual(1_000)
  })

  it.each([null, '', 'yesterday', header(0), header(Date.UTC(2200, 0, 1))])('ignores the header %s', (date) => {
    const { clock, learn } = clockOf(0)
    learn(date)
    expect(clock.skewMs).toBeNull()
  })
})

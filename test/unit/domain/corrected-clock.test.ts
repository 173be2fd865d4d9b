import { describe, expect, it } from 'vitest'
import { clockSkewMs, CorrectedClock } from '#domain/corrected-clock.ts'

const at = (text: string): number => Date.parse(text)

describe('clockSkewMs', () => {
  it('is what must be added to a PC clock that is an hour slow', () => {
    expect(clockSkewMs('Sun, 01 Sep 2024 04:00:00 GMT', at('2024-09-01T03:00:00.500Z'))).toBe(3_600_000)
  })

  it.each([
    null,
    '',
    'now',
    '2024-09-01T04:00:00Z',
    'Sunday, 01-Sep-24 04:00:00 GMT',
    'Sun, 01 Sep 2024 04:00:00 +0800',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    'Sun, 99 Foo 2024 04:00:00 GMT',
    'Fri, 01 Jan 2200 00:00:00 GMT',
  ])('has nothing to say for the header %s', (header) => {
    expect(clockSkewMs(header, at('2024-09-01T03:00:00Z'))).toBeNull()
  })
})

describe('CorrectedClock', () => {
  it('is the PC clock until a server has said the time', () => {
    const clock = new CorrectedClock({ now: () => 1_000 })
    expect(clock.now()).toBe(1_000)
    expect(clock.skewMs).toBeNull()
  })

  it('follows the last Date header, and a senseless one changes nothing', () => {
    let now = at('2024-09-01T03:00:00Z')
    const clock = new CorrectedClock({ now: () => now })
    clock.correct('Sun, 01 Sep 2024 02:50:00 GMT')
    expect(clock.now()).toBe(at('2024-09-01T02:50:00.500Z'))
    clock.correct('yesterday')
    now += 5_000
    expect(clock.now()).toBe(at('2024-09-01T02:50:05.500Z'))
    clock.correct('Sun, 01 Sep 2024 03:00:04 GMT')
    expect(clock.skewMs).toBe(-500)
  })

  it('starts from a skew that was kept', () => {
    expect(new CorrectedClock({ now: () => 10_000 }, -4_000).now()).toBe(6_000)
  })
})

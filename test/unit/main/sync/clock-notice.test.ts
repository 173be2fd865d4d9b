import { describe, expect, it } from 'vitest'
import { ClockNotice } from '#main/sync/clock-notice.ts'
import { Notices } from '#main/settings/notices.ts'

const minuteMs = 60_000

function desk() {
  const notices = new Notices()
  const warned: string[] = []
  const notice = new ClockNotice({
    notices,
    isPractice: (accountId) => accountId === 'practice',
    clock: { now: () => Date.UTC(2026, 10, 24, 4) },
    log: { warn: (message) => void warned.push(message) },
  })
  const after = (clockSkewMs: number | null, accountId = 'a1') => notice.after({ accountId, clockSkewMs })
  return { notices, warned, after }
}

describe('the PC’s clock', () => {
  it.each([null, 0, 5 * minuteMs, -5 * minuteMs])('is not spoken of where it differs by %s ms', (skewMs) => {
    const { notices, after } = desk()
    after(skewMs)
    expect(notices.list()).toEqual([])
  })

  it.each([6 * minuteMs, -6 * minuteMs])('is pointed out once where it differs by %s ms', (skewMs) => {
    const { notices, warned, after } = desk()
    after(skewMs)
    after(skewMs)
    const time = skewMs > 0 ? '2026-11-24 12:06:00' : '2026-11-24 11:54:00'
    expect(notices.list()).toMatchObject([{ kind: 'clockSkew', data: { minutes: '6', time } }])
    expect(warned).toHaveLength(1)
  })

  it('is not spoken of again once the merchant knows, but when it was right in between', () => {
    const { notices, after } = desk()
    after(10 * minuteMs)
    notices.dismiss(notices.list()[0]!.id)
    after(10 * minuteMs)
    expect(notices.list()).toEqual([])
    after(0)
    after(10 * minuteMs)
    expect(notices.list()).toHaveLength(1)
  })

  it('is taken back once it is right', () => {
    const { notices, after } = desk()
    after(10 * minuteMs)
    after(0)
    expect(notices.list()).toEqual([])
  })

  it('is not measured against a practice world, which has a time of its own', () => {
    const { notices, after } = desk()
    after(1_000 * minuteMs, 'practice')
    expect(notices.list()).toEqual([])
  })
})

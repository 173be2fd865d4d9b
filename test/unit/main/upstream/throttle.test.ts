import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/errors.ts'
import { Throttle, type Turn } from '#main/upstream/throttle.ts'

const never = new AbortController().signal

/** A monotonic clock that stands still but for pauses and `pass`. */
function standingClock() {
  let now = 5_000
  const pauses: number[] = []
  const throttle = new Throttle({
    intervalMs: 1_000,
    monotonic: () => now,
    pause: (ms, signal) => {
      if (signal.aborted) return Promise.reject(new AppError('cancelled'))
      pauses.push(ms)
      now += ms
      return Promise.resolve()
    },
  })
  return { throttle, pauses, pass: (ms: number) => (now += ms), now: () => now }
}

/** Lets every promise that can settle do so. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('the throttle', () => {
  it('lets the first call of a key leave at once', async () => {
    const { throttle, pauses } = standingClock()
    await throttle.take('a', never)
    expect(pauses).toEqual([])
  })

  it('counts the interval from when the reply began, not from when the call left', async () => {
    const { throttle, pauses, pass } = standingClock()
    const first = await throttle.take('a', never)
    pass(700)
    first.used()
    await throttle.take('a', never)
    expect(pauses).toEqual([1_000])
  })

  it('waits only for what is left of it', async () => {
    const { throttle, pauses, pass } = standingClock()
    const first = await throttle.take('a', never)
    first.used()
    pass(400)
    await throttle.take('a', never)
    expect(pauses).toEqual([600])
  })

  it('holds the next call back until the reply to this one began', async () => {
    const { throttle } = standingClock()
    const first = await throttle.take('a', never)
    let second: Turn | undefined
    void throttle.take('a', never).then((turn) => (second = turn))
    await settle()
    expect(second).toBeUndefined()
    first.used()
    await settle()
    expect(second).toBeDefined()
  })

  it('keeps the order in which calls came', async () => {
    const { throttle } = standingClock()
    const left: number[] = []
    const call = async (n: number) => {
      const turn = await throttle.take('a', never)
      left.push(n)
      turn.used()
    }
    await Promise.all([call(1), call(2), call(3)])
    expect(left).toEqual([1, 2, 3])
  })

  it('keeps keys apart', async () => {
    const { throttle, pauses } = standingClock()
    await throttle.take('a', never)
    await throttle.take('b', never)
    expect(pauses).toEqual([])
  })

  it('costs nothing when nothing was sent', async () => {
    const { throttle, pauses } = standingClock()
    const first = await throttle.take('a', never)
    first.unused()
    await throttle.take('a', never)
    expect(pauses).toEqual([])
  })

  it('counts only the first way in which a turn was given up', async () => {
    const { throttle, pauses, pass } = standingClock()
    const first = await throttle.take('a', never)
    first.used()
    pass(400)
    first.unused()
    first.used()
    await throttle.take('a', never)
    expect(pauses).toEqual([600])
  })

  it('keeps an interval from calls that an earlier process may have sent', async () => {
    const { throttle, pauses, now } = standingClock()
    throttle.calledBefore('a', now() - 300)
    await throttle.take('a', never)
    expect(pauses).toEqual([700])
  })

  it('forgets earlier processes once it has sent a call itself', async () => {
    const { throttle, pauses, now, pass } = standingClock()
    const first = await throttle.take('a', never)
    first.used()
    pass(2_000)
    throttle.calledBefore('a', now())
    await throttle.take('a', never)
    expect(pauses).toEqual([])
  })

  it('lets a waiting call be cancelled, and the one behind it keep its place', async () => {
    const { throttle, pauses } = standingClock()
    const first = await throttle.take('a', never)
    const abort = new AbortController()
    const cancelled = throttle.take('a', abort.signal)
    const third = throttle.take('a', never)
    abort.abort()
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    let left = false
    void third.then(() => (left = true))
    await settle()
    expect(left).toBe(false)
    first.used()
    await third
    expect(pauses).toEqual([1_000])
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { PushReads } from '#main/receiver/push-reads.ts'
import type { Run } from '#shared/contract/sync.ts'
import { AppError } from '#shared/errors.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const run = {} as Run

function reads(outcomes: (Run[] | AppError)[], isFree: () => boolean = () => true) {
  const made: number[] = []
  const logged: string[] = []
  const log = { info: () => undefined, error: () => undefined, warn: (line: string) => void logged.push(line) }
  const parts = {
    isFree,
    readWanted: async () => {
      made.push(performance.now())
      const outcome = outcomes.shift() ?? []
      if (outcome instanceof AppError) throw outcome
      return outcome
    },
    log,
  }
  return { made, logged, reads: new PushReads({ ...parts, delayMs: 20_000, gapMs: 300_000 }) }
}

describe('range reads for pushes without an order', () => {
  it('make one read of many pushes', async () => {
    const { made, reads: it } = reads([[]])
    for (let index = 0; index < 1_000; index += 1) it.want('a')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(made).toHaveLength(1)
  })

  it('go on while there is something to look for, at least five minutes apart', async () => {
    const { made, reads: it } = reads([[run], [run], []])
    it.want('a')
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(made).toHaveLength(3)
    expect(made[1]! - made[0]!).toBeGreaterThanOrEqual(300_000)
  })

  it('wait for a sync that runs', async () => {
    let free = false
    const { made, reads: it } = reads([new AppError('syncRunning'), []], () => free)
    it.want('a')
    await vi.advanceTimersByTimeAsync(100_000)
    expect(made).toHaveLength(0)
    free = true
    await vi.advanceTimersByTimeAsync(400_000)
    expect(made).toHaveLength(2)
  })

  it('end with the quota until something new comes, and with the app', async () => {
    const { made, logged, reads: it } = reads([new AppError('quotaUsed'), []])
    it.want('a')
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect([made.length, logged]).toEqual([1, ['orders of pushes could not be looked for: quotaUsed']])
    it.want('a')
    await it.stop()
    it.want('a')
    await vi.advanceTimersByTimeAsync(3_600_000)
    expect(made).toHaveLength(1)
  })
})

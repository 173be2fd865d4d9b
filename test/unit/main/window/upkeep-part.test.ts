import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { UpkeepPart } from '#main/window/upkeep-part.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function started() {
  const power = new EventEmitter()
  const happened: string[] = []
  const note = (what: string) => async () => void happened.push(what)
  const part = new UpkeepPart({ power, daily: note('daily'), woke: note('woke'), firstAfterMs: 1_000, everyMs: 60_000 })
  part.start()
  return { part, power, happened }
}

describe('the upkeep of a window', () => {
  it('looks soon after the start, then again and again', async () => {
    const { happened } = started()
    expect(happened).toEqual([])
    await vi.advanceTimersByTimeAsync(1_000)
    expect(happened).toEqual(['daily'])
    await vi.advanceTimersByTimeAsync(120_000)
    expect(happened).toEqual(['daily', 'daily', 'daily'])
  })

  it('looks when the computer wakes, after what was cut off is asked again', async () => {
    const { power, happened } = started()
    power.emit('resume')
    await vi.advanceTimersByTimeAsync(0)
    expect(happened).toEqual(['woke', 'daily'])
  })

  it('does nothing more once it is stopped', async () => {
    const { part, power, happened } = started()
    part.stop()
    power.emit('resume')
    await vi.advanceTimersByTimeAsync(200_000)
    expect(happened).toEqual([])
  })
})

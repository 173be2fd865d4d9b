import { describe, expect, it } from 'vitest'
import { PracticeClock } from '#practice/world/clock.ts'

function at(speed: number): { clock: PracticeClock; real: { ms: number } } {
  const real = { ms: 1_000_000 }
  return { real, clock: new PracticeClock({ practiceMs: 5_000, realMs: 1_000_000, speed }, { now: () => real.ms }) }
}

describe('practice time', () => {
  it('goes on as real time does, times its speed', () => {
    const { clock, real } = at(60)
    real.ms += 100
    expect(clock.now()).toBe(11_000)
  })

  it('jumps forward and goes on from there', () => {
    const { clock, real } = at(1)
    clock.advance(2)
    expect(clock.now()).toBe(5_000 + 2 * 3_600_000)
    real.ms += 7
    expect(clock.now()).toBe(5_007 + 2 * 3_600_000)
  })

  it('changes its speed without a jump', () => {
    const { clock, real } = at(10)
    real.ms += 100
    clock.setSpeed(2)
    expect(clock.now()).toBe(6_000)
    real.ms += 100
    expect(clock.now()).toBe(6_200)
  })

  it('never goes back, even when the PC’s clock does', () => {
    const { clock, real } = at(1)
    real.ms += 500
    expect(clock.now()).toBe(5_500)
    real.ms -= 400
    expect(clock.now()).toBe(5_500)
    expect(() => clock.advance(-1)).toThrow('forward')
  })

  it('has gone on while nothing ran', () => {
    const { clock, real } = at(3)
    const saved = clock.state()
    real.ms += 10_000
    expect(new PracticeClock(saved, { now: () => real.ms }).now()).toBe(35_000)
  })
})

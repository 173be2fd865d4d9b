import { hourMs } from '../beijing.ts'

/** Where practice time stood at a real moment, and how fast it goes from there. All epoch milliseconds. */
export interface ClockState {
  practiceMs: number
  realMs: number
  speed: number
}

/**
 * Practice time = where it stood + real time since × speed + advanced hours. It goes on while nothing runs, because the
 * real moment is kept. It never goes back, whatever the PC's clock does.
 */
export class PracticeClock {
  private anchor: ClockState
  private latestMs: number
  private readonly real: { now(): number }

  constructor(anchor: ClockState, real: { now(): number }) {
    this.anchor = anchor
    this.latestMs = anchor.practiceMs
    this.real = real
  }

  now(): number {
    const passedMs = (this.real.now() - this.anchor.realMs) * this.anchor.speed
    this.latestMs = Math.max(this.latestMs, Math.floor(this.anchor.practiceMs + passedMs))
    return this.latestMs
  }

  advance(hours: number): void {
    if (!(hours >= 0)) throw new RangeError('practice time only goes forward')
    this.anchor = { ...this.anchor, practiceMs: this.now() + hours * hourMs, realMs: this.real.now() }
  }

  /** Goes on at another speed from now. */
  setSpeed(speed: number): void {
    this.anchor = { practiceMs: this.now(), realMs: this.real.now(), speed }
  }

  state(): ClockState {
    return { practiceMs: this.now(), realMs: this.real.now(), speed: this.anchor.speed }
  }
}

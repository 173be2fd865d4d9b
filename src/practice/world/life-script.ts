import { hourMs } from '../beijing.ts'
import type { Dice } from './dice.ts'
import type { Facts } from './facts.ts'

/** One change: from this moment on these facts hold. */
export interface Step {
  atMs: number
  patch: Partial<Facts>
}

/** What changes; a function where it names its own moment. */
type Patch = Partial<Facts> | ((atMs: number) => Partial<Facts>)

/** Writes down one life. `atMs` is where the tale has come to; asides may lie ahead of it. */
export class LifeScript {
  readonly dice: Dice
  readonly steps: Step[] = []
  atMs: number

  constructor(dice: Dice, bornMs: number) {
    this.dice = dice
    this.atMs = bornMs
  }

  /** The tale goes on after so many hours. */
  after(leastHours: number, mostHours: number, patch: Patch): void {
    this.atMs += this.dice.between(leastHours, mostHours) * hourMs
    this.at(this.atMs, patch)
  }

  /** Something happens at its own time, whole seconds. */
  at(atMs: number, patch: Patch): void {
    const secondMs = Math.floor(atMs / 1000) * 1000
    this.steps.push({ atMs: secondMs, patch: typeof patch === 'function' ? patch(secondMs) : patch })
  }
}

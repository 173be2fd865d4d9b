import type { OrderType } from '#domain/vocabulary.ts'
import { Dice } from './dice.ts'
import type { Facts } from './facts.ts'
import { factsAfter, liveOrder, versionAt } from './life.ts'
import type { Step } from './life-script.ts'
import { type Birth, bearOrder } from './birth.ts'
import { Rhythm } from './rhythm.ts'

export interface WorldOptions {
  seed: number
  orders: number
  historyDays: number
  /** Practice time at which `orders` orders exist. */
  epochMs: number
}

/** One order as it stands at a version, before any upstream's names are put on it. */
export interface OrderState {
  birth: Birth
  facts: Facts
  version: number
  updatedMs: number
  /** Some replies mask the phone (138****0013). */
  masked: boolean
}

/** Separate streams of chance, so that a new throw in one never changes another. */
const salts = { rhythm: 1, kind: 2, birth: 3, life: 4, mask: 5 }

/**
 * All orders there are and ever will be. Nothing is stored: each is made from (seed, index) when it is asked for, so a
 * world of 200,000 orders costs nothing until it is read.
 */
export class World {
  readonly options: WorldOptions
  private readonly rhythm: Rhythm

  constructor(options: WorldOptions) {
    this.options = options
    this.rhythm = new Rhythm(options)
  }

  private dice(index: number, salt: number): Dice {
    return new Dice(this.options.seed, index, salt)
  }

  createdMs(index: number): number {
    return this.rhythm.createdMs(index, this.dice(index, salts.rhythm).next())
  }

  /** Orders made before this moment; those made exactly then are not among them. */
  countBefore(atMs: number): number {
    let count = Math.max(0, this.rhythm.indexNear(atMs) - 1)
    while (count > 0 && this.createdMs(count - 1) >= atMs) count--
    while (this.createdMs(count) < atMs) count++
    return count
  }

  /** Four in five are the merchant's own. */
  type(index: number): OrderType {
    return this.dice(index, salts.kind).chance(0.8) ? 'own' : 'distributor'
  }

  birth(index: number): Birth {
    return bearOrder(this.dice(index, salts.birth), index, this.createdMs(index), this.type(index))
  }

  /** The whole life, future included. */
  steps(index: number): Step[] {
    return liveOrder(this.dice(index, salts.life), this.createdMs(index))
  }

  version(index: number, nowMs: number): number {
    return versionAt(this.steps(index), nowMs)
  }

  /** An order as it stood at that version. */
  orderState(index: number, version: number, someMasked: boolean): OrderState {
    const steps = this.steps(index)
    const facts = factsAfter(steps, version)
    return {
      birth: this.birth(index),
      facts,
      version,
      updatedMs: steps[version - 1]?.atMs ?? 0,
      masked: someMasked && new Dice(this.options.seed, index * 64 + version, salts.mask).chance(0.15),
    }
  }
}

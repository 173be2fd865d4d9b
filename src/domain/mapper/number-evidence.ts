import type { JsonObject } from '../json.ts'
import { SeenNumbers } from './seen-numbers.ts'
import { valueAt } from './value-at.ts'
import { readField } from './values.ts'

interface Watched {
  path: readonly string[]
  /** How sure its name is. */
  weight: number
  bit: number
  seen: SeenNumbers
  /** Its values have only counted the elements so far, from 0 or from 1. */
  counts: boolean
}

/** More names for the order number than this are not followed. */
const mostWatched = 12
/** Of a list longer than so many elements only the best name is followed on: each costs memory. */
const longList = 100_000

/** What the elements show of fields that may hold the order number: whether their values tell the elements apart. */
export class NumberEvidence {
  readonly #watched = new Map<string, Watched>()
  /** In how many elements which of them (as bits) stood together. */
  readonly #together = new Map<number, number>()
  #elements = 0
  #bits = 0

  watch(path: readonly string[], weight: number): void {
    const key = path.join('.')
    if (this.#watched.size >= mostWatched || this.#watched.has(key)) return
    this.#watched.set(key, { path, weight, bit: 1 << this.#bits, seen: new SeenNumbers(), counts: true })
    this.#bits += 1
  }

  has(key: string): boolean {
    return this.#watched.has(key)
  }

  /** `content` is the hash of the element's text. What is no object has no fields, and counts as an element. */
  add(element: JsonObject | null, index: number, content: number): void {
    this.#elements += 1
    if (element === null) return
    let present = 0
    for (const one of this.#watched.values()) {
      const value = readField('orderNo', valueAt(element, one.path))
      if (value === null) continue
      present |= one.bit
      if (one.counts) one.counts = value === String(index) || value === String(index + 1)
      one.seen.add(value, content)
    }
    this.#together.set(present, (this.#together.get(present) ?? 0) + 1)
    if (this.#elements === longList) this.#closeOthers()
  }

  seen(key: string): SeenNumbers | null {
    return this.#watched.get(key)?.seen ?? null
  }

  /** True where the field only counts the elements. */
  isRowIndex(key: string): boolean {
    const one = this.#watched.get(key)
    return one !== undefined && this.#elements > 1 && one.counts && one.seen.counted === this.#elements
  }

  /** In how many elements both fields speak. */
  both(key: string, other: string): number {
    const mask = (this.#watched.get(key)?.bit ?? 0) | (this.#watched.get(other)?.bit ?? 0)
    let sum = 0
    for (const [present, count] of this.#together) if ((present & mask) === mask) sum += count
    return sum
  }

  #closeOthers(): void {
    const [, ...others] = [...this.#watched.values()].sort(
      (one, other) => other.weight - other.seen.repeats - (one.weight - one.seen.repeats),
    )
    for (const { seen } of others) seen.close()
  }

  /** Gives back all memory: only the shares are still wanted. */
  close(): void {
    for (const { seen } of this.#watched.values()) seen.close()
  }
}

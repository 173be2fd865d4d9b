import { hashText } from './hash.ts'

const firstSlots = 1_024
const fullest = 0.6

/**
 * Which numbers were seen, and with what content: by hashes alone, 12 bytes a slot, so that a million of them fit. A
 * number counts as repeated when it comes again with the same content, as conflicting when with another.
 */
export class SeenNumbers {
  /** Hashes of numbers. */
  readonly repeated = new Set<number>()
  readonly conflicting = new Set<number>()
  /** Elements that have a number. */
  counted = 0
  /** Elements whose number another, differing element had before, and of how many. */
  #differing = 0
  #looked = 0
  #isOpen = true
  #numbers = new Float64Array(firstSlots)
  #contents = new Uint32Array(firstSlots)
  #used = 0

  /** `content` is the hash of the element. */
  add(number: string, content: number): void {
    this.counted += 1
    if (!this.#isOpen) return
    this.#looked += 1
    const hash = hashText(number)
    const slot = this.#slotOf(hash)
    if (this.#numbers[slot] === 0) {
      this.#put(slot, hash, content)
      if (this.#used > this.#numbers.length * fullest) this.#grow()
    } else if (this.#contents[slot] === content >>> 0) this.repeated.add(hash)
    else {
      this.#differing += 1
      this.conflicting.add(hash)
    }
  }

  /** The share of elements whose number differing elements share; 1 where none has a number. */
  get repeats(): number {
    return this.#looked === 0 ? 1 : this.#differing / this.#looked
  }

  /** Every number was looked at. */
  get isWhole(): boolean {
    return this.#isOpen
  }

  /** Looks at no more numbers: what was seen so far tells enough, and the memory is given back. */
  close(): void {
    this.#isOpen = false
    this.#numbers = new Float64Array(0)
    this.#contents = new Uint32Array(0)
    this.repeated.clear()
    this.conflicting.clear()
  }

  #put(slot: number, hash: number, content: number): void {
    this.#numbers[slot] = hash
    this.#contents[slot] = content
    this.#used += 1
  }

  /** The number's slot, or the empty one where it belongs. */
  #slotOf(hash: number): number {
    const mask = this.#numbers.length - 1
    // The upper bits choose too: a plain modulo would only look at the lower ones.
    let slot = (hash ^ (hash / 0x100000000)) & mask
    while (this.#numbers[slot] !== 0 && this.#numbers[slot] !== hash) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [numbers, contents] = [this.#numbers, this.#contents]
    this.#numbers = new Float64Array(numbers.length * 2)
    this.#contents = new Uint32Array(numbers.length * 2)
    this.#used = 0
    for (const [at, hash] of numbers.entries()) {
      if (hash !== 0) this.#put(this.#slotOf(hash), hash, contents[at] ?? 0)
    }
  }
}

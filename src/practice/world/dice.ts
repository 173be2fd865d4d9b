/**
 * Reproducible chance. The same seed, index and salt always give the same throws, so any order can be made alone,
 * without making those before it. (mulberry32 over a mixed 32-bit state; quality enough for practice data.)
 */
export class Dice {
  private state: number

  constructor(seed: number, index: number, salt: number) {
    this.state = mix(mix(mix(seed | 0) ^ index) ^ Math.imul(salt, 0x9e3779b1))
  }

  /** 0 ≤ x < 1 */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number, 0 ≤ x < bound. */
  int(bound: number): number {
    return Math.floor(this.next() * bound)
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.int(list.length)] ?? list[0]
  }

  /** So many decimal digits. */
  digits(count: number): string {
    let text = ''
    while (text.length < count) text += String(this.int(10))
    return text
  }
}

function mix(value: number): number {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

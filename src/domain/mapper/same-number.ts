import type { SeenNumbers } from './seen-numbers.ts'
import { hashText } from './hash.ts'

interface Contest {
  /** Contents by their hash, each by its first position. */
  contents: Map<number, number>
  winner: { index: number; upstreamAt: string | null }
}

/** More differing elements under shared numbers than any honest reply has. */
const mostContents = 200_000

/**
 * Which of several differing elements under one number is the order: the latest by the upstream's own update time where
 * it gives one, else by position. The others are kept as unreadable; exact duplicates of either fold into them.
 */
export class SameNumber {
  readonly #conflicting: ReadonlySet<number>
  readonly #contests = new Map<string, Contest>()
  #contents = 0

  constructor({ conflicting }: SeenNumbers) {
    this.#conflicting = conflicting
  }

  get isTooMany(): boolean {
    return this.#contents > mostContents
  }

  /** `content` is the hash of the element's text. */
  add(orderNo: string, index: number, content: number, upstreamAt: () => string | null): void {
    if (!this.#conflicting.has(hashText(orderNo)) || this.isTooMany) return
    const contest = this.#contests.get(orderNo)
    if (contest?.contents.has(content) === true) return
    this.#contents += 1
    const mine = { index, upstreamAt: upstreamAt() }
    if (contest === undefined) {
      this.#contests.set(orderNo, { contents: new Map([[content, index]]), winner: mine })
      return
    }
    contest.contents.set(content, index)
    if (isLater(mine.upstreamAt, contest.winner.upstreamAt)) contest.winner = mine
  }

  /** What the element at that position is; null: its number is nobody else's. */
  verdict(orderNo: string, index: number, content: number): 'order' | 'sameNumber' | 'duplicate' | null {
    const contest = this.#contests.get(orderNo)
    if (contest === undefined) return null
    if (contest.winner.index === index) return 'order'
    return contest.contents.get(content) === index ? 'sameNumber' : 'duplicate'
  }
}

/** The second comes later in the list. */
function isLater(second: string | null, first: string | null): boolean {
  return second === null || first === null || second >= first
}

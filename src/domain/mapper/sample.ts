import type { Json } from '../json.ts'

/** Elements kept for what only whole elements show; more than a reply of usual size has. */
const mostElements = 2_000
const firstKept = 500
/** Characters of all kept elements. */
const budgetLength = 4_194_304

/** Some of a list's elements: the first ones, and of the others some that are spread evenly over all of it. */
export class Sample {
  #first: Json[] = []
  #others: { value: Json; length: number }[] = []
  #length = 0
  #count = 0
  #step = 1

  /** `length`: of the element's text. */
  add(value: Json, length: number): void {
    this.#count += 1
    if (length > budgetLength / 4) return
    if (this.#first.length < firstKept && this.#length + length < budgetLength / 2) {
      this.#first.push(value)
      this.#length += length
      return
    }
    if (this.#count % this.#step !== 0) return
    this.#others.push({ value, length })
    this.#length += length
    if (this.#others.length + this.#first.length > mostElements || this.#length > budgetLength) this.#thin()
  }

  get elements(): readonly Json[] {
    return [...this.#first, ...this.#others.map(({ value }) => value)]
  }

  #thin(): void {
    this.#step *= 2
    const kept = this.#others.filter((_, index) => index % 2 === 0)
    for (const { length } of this.#others) this.#length -= length
    for (const { length } of kept) this.#length += length
    this.#others = kept
  }
}

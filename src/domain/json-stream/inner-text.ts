import type { JsonContainer, Key, TextSink } from './reading.ts'
import { closingQuote } from './scan.ts'
import { unescape, wholeEscapes } from './unescape.ts'

/** Longest beginning that is kept of a text that turns out to be no JSON. */
export const headLength = 4_000

interface Walker extends TextSink {
  readonly failed: boolean
  end(): boolean
}

/** The inside of one JSON string, unescaped piece by piece into a walker of its own. */
export class InnerText {
  readonly #container: JsonContainer
  readonly #key: Key
  readonly #walker: Walker
  #head = ''

  constructor(container: JsonContainer, key: Key, walker: Walker) {
    this.#container = container
    this.#key = key
    this.#walker = walker
  }

  /** Passes on what stands from `at` on. `closed`: the string ended; `at` is where to go on. */
  pass(text: string, at: number): { at: number; closed: boolean } {
    const end = closingQuote(text, at)
    const raw = end === -1 ? text.slice(at) : text.slice(at, end)
    const whole = end === -1 ? wholeEscapes(raw) : raw.length
    this.#feed(raw.slice(0, whole))
    return end === -1 ? { at: at + whole, closed: false } : { at: end + 1, closed: true }
  }

  end(): void {
    if (!this.#walker.end()) this.#container.plainText(this.#key, this.#head)
  }

  #feed(raw: string): void {
    if (this.#walker.failed && this.#head.length >= headLength) return
    const text = unescape(raw)
    if (this.#head.length < headLength) this.#head = (this.#head + text).slice(0, headLength)
    this.#walker.feed(text)
  }
}

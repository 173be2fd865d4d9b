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
  /** The beginning of an escape whose end is still to come. */
  #rest = ''

  constructor(container: JsonContainer, key: Key, walker: Walker) {
    this.#container = container
    this.#key = key
    this.#walker = walker
  }

  /** Passes on what stands from `at` on. Returns the position behind the closing quote; -1: it is still to come. */
  pass(text: string, at: number): number {
    const rest = this.#rest.length
    const here = rest === 0 ? text : this.#rest + text.slice(at)
    const from = rest === 0 ? at : 0
    const end = closingQuote(here, from)
    const raw = here.slice(from, end === -1 ? here.length : end)
    const whole = end === -1 ? wholeEscapes(raw) : raw.length
    this.#rest = raw.slice(whole)
    this.#feed(raw.slice(0, whole))
    return end === -1 ? -1 : rest === 0 ? end + 1 : at + end + 1 - rest
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

import { headLength, InnerText } from './inner-text.ts'
import type { JsonContainer, Key, TextSink } from './reading.ts'
import { beginScan, endOfValue, isClosing, isOpening, isSpace, literal, quote, type Scan } from './scan.ts'
import { unescape } from './unescape.ts'

interface Frame {
  container: JsonContainer
  kind: 'root' | 'array' | 'object'
  /** Of an object: the key whose value comes. */
  key: Key
  count: number
}

type State = 'value' | 'key' | 'colon' | 'comma' | 'done' | 'take' | 'skip' | 'string'

const comma = 0x2c
const colon = 0x3a
const byteOrderMark = 0xfeff

/**
 * Walks through a JSON text that comes piece by piece and hands on what its containers ask for. Holds no more than one
 * value of at most `limit` characters, whatever comes. Where JSON is broken it fails and hands on nothing more.
 */
export class JsonWalker implements TextSink {
  readonly #limit: number
  readonly #onlyContainers: boolean
  readonly #frames: Frame[]
  /** The piece at hand. It is never joined with another: engines read joined strings five times slower. */
  #text = ''
  /** Where the value under way begins in it. */
  #start = 0
  /** What earlier pieces brought of that value. */
  #held = ''
  readonly #scan: Scan = { at: 0, depth: 0, inString: false, isEscaped: false, isLiteral: false, isKey: false }
  #state: State = 'value'
  #inner: InnerText | null = null
  #isFirst = true
  #failed = false

  /** The text's one value is the child `key` of `parent`. `onlyContainers`: anything else than [ { and " fails. */
  constructor(parent: JsonContainer, key: Key, limit: number, onlyContainers = false) {
    this.#frames = [{ container: parent, kind: 'root', key, count: 0 }]
    this.#limit = limit
    this.#onlyContainers = onlyContainers
  }

  get failed(): boolean {
    return this.#failed
  }

  feed(text: string): void {
    if (this.#failed || text === '') return
    this.#look(text)
    this.#scan.at = this.#isFirst && text.charCodeAt(0) === byteOrderMark ? 1 : 0
    this.#isFirst = false
    this.#run()
  }

  /** No more text comes. True: it was one whole JSON value. */
  end(): boolean {
    if (!this.#failed && (this.#state === 'take' || this.#state === 'skip') && this.#frames.length === 1) {
      // A bare literal ends with the text.
      if (literal.test(this.#held)) this.#finish(this.#text.length)
    }
    return !this.#failed && this.#state === 'done'
  }

  #look(text: string): void {
    this.#text = text
    this.#start = 0
    this.#scan.at = 0
  }

  #run(): void {
    while (!this.#failed && this.#scan.at < this.#text.length) {
      if (this.#state === 'take' || this.#state === 'skip') this.#scanOn()
      else if (this.#state === 'string') this.#passOn()
      else this.#structure(this.#text.charCodeAt(this.#scan.at))
    }
  }

  #structure(code: number): void {
    if (isSpace(code)) this.#scan.at += 1
    else if (this.#state === 'value') this.#beginValue(code)
    else if (this.#state === 'key') this.#beginKey(code)
    else if (this.#state === 'colon') this.#expect(code, colon, 'value')
    else if (this.#state === 'comma') this.#afterValue(code)
    else this.#failed = true
  }

  #expect(code: number, wanted: number, next: State): void {
    this.#failed = code !== wanted
    this.#scan.at += 1
    this.#state = next
  }

  #afterValue(code: number): void {
    const { kind } = this.#frame()
    if (isClosing(code)) this.#close(code)
    else this.#expect(code, comma, kind === 'array' ? 'value' : 'key')
  }

  /** Keys are short: one that is not here yet is waited for whole. */
  #beginKey(code: number): void {
    if (isClosing(code)) return this.#close(code)
    if (code !== quote) {
      this.#failed = true
      return
    }
    this.#begin('take', code, true)
  }

  #beginValue(code: number): void {
    const frame = this.#frame()
    if (isClosing(code) && frame.kind === 'array') return this.#close(code)
    if (frame.kind === 'array') frame.key = frame.count
    frame.count += 1
    const opens = String.fromCharCode(code)
    if (frame.kind === 'root' && this.#onlyContainers) {
      if (canOpen(code)) this.#open(code)
      else this.#failed = true
      return
    }
    const reading = frame.container.reading(frame.key, opens)
    if (reading === 'open' && canOpen(code)) this.#open(code)
    else this.#begin(reading === 'skip' ? 'skip' : 'take', code)
  }

  #begin(state: 'take' | 'skip', code: number, isKey = false): void {
    this.#state = state
    this.#start = this.#scan.at
    this.#held = ''
    beginScan(this.#scan, code, isKey)
  }

  #open(code: number): void {
    const { container, key } = this.#frame()
    this.#scan.at += 1
    if (code === quote) {
      this.#inner = new InnerText(container, key, new JsonWalker(container, key, this.#limit, true))
      this.#state = 'string'
      return
    }
    const kind = code === 0x5b ? 'array' : 'object'
    this.#frames.push({ container: container.open(key, kind), kind, key: '', count: 0 })
    this.#state = kind === 'array' ? 'value' : 'key'
  }

  #close(code: number): void {
    const { kind } = this.#frame()
    this.#failed = kind !== (code === 0x5d ? 'array' : code === 0x7d ? 'object' : 'none')
    if (this.#failed) return
    this.#frames.pop()
    this.#scan.at += 1
    this.#valueEnded()
  }

  #valueEnded(): void {
    this.#state = this.#frames.length === 1 ? 'done' : 'comma'
  }

  #scanOn(): void {
    const end = endOfValue(this.#text, this.#scan)
    if (end !== -1) return this.#finish(end)
    if (this.#state === 'skip') return
    this.#held += this.#text.slice(this.#start)
    this.#start = this.#text.length
    if (this.#held.length > this.#limit) this.#overflow(false)
  }

  #finish(end: number): void {
    const { container, key } = this.#frame()
    this.#scan.at = end
    if (this.#state === 'skip') return this.#valueEnded()
    this.#held += this.#text.slice(this.#start, end)
    this.#start = end
    const text = this.#held
    if (text.length > this.#limit) return this.#overflow(true)
    if (this.#scan.isKey) return this.#keyEnded(text)
    this.#failed = this.#scan.isLiteral && !literal.test(text)
    if (this.#failed) return
    if (container.take(key, text) === 'open' && canOpen(text.charCodeAt(0))) this.#reopen()
    else this.#valueEnded()
  }

  #keyEnded(text: string): void {
    this.#frame().key = unescape(text.slice(1, -1))
    this.#state = 'colon'
  }

  #overflow(hasEnded: boolean): void {
    const { container, key } = this.#frame()
    this.#failed = this.#scan.isKey
    if (this.#failed) return
    const reading = container.tooLong(key, this.#held.slice(0, headLength))
    if (reading === 'open' && canOpen(this.#held.charCodeAt(0))) return this.#reopen()
    this.#held = ''
    if (hasEnded) this.#valueEnded()
    else this.#state = 'skip'
  }

  /** Reads the value again from its beginning. */
  #reopen(): void {
    this.#look(this.#held + this.#text.slice(this.#start))
    this.#held = ''
    this.#open(this.#text.charCodeAt(0))
  }

  #passOn(): void {
    const end = this.#inner?.pass(this.#text, this.#scan.at) ?? -1
    this.#scan.at = end === -1 ? this.#text.length : end
    if (end === -1) return
    this.#inner?.end()
    this.#inner = null
    this.#valueEnded()
  }

  #frame(): Frame {
    const frame = this.#frames.at(-1)
    if (frame === undefined) throw new Error('a closed container')
    return frame
  }
}

function canOpen(code: number): boolean {
  return isOpening(code) || code === quote
}

import { innerJson, readJson, type Json } from '../json.ts'
import type { JsonContainer, Key, Reading, TextSink } from '../json-stream/reading.ts'
import { JsonWalker } from '../json-stream/walker.ts'
import { isNumbered, type Place } from './places.ts'

/** One element of a reply's list. */
export interface ListElement {
  /** Position in the list, from 0, over all its places. */
  index: number
  /** The key under which it stood; null in an array. */
  key: string | null
  value: Json
  /** Its own JSON text, long integers intact; of one in a JSON string, the text in the string. */
  original: string
  /** broken: no JSON, even read leniently. tooLong: `original` is only its beginning. `value` is null then. */
  fault: 'broken' | 'tooLong' | null
}

/** An element of more characters is not read: three photos would fit into it, and parsed it may be ten times as large. */
export const longestElement = 2_097_152

/** Hands on the elements that stand at the places of a text, one by one. */
export class ElementWalker implements TextSink {
  readonly #walker: JsonWalker

  constructor(places: readonly Place[], onElement: (element: ListElement) => void) {
    const root: Branch = { names: new Map(), place: null }
    for (const place of places) grow(root, place)
    let index = 0
    const emit: Emit = (key, text, isWhole) => {
      onElement(isWhole ? elementOf(index, key, text) : { index, key, value: null, original: text, fault: 'tooLong' })
      index += 1
    }
    this.#walker = new JsonWalker(new OnTheWay({ names: new Map([['*', root]]), place: null }, emit), 0, longestElement)
  }

  feed(text: string): void {
    this.#walker.feed(text)
  }

  end(): void {
    this.#walker.end()
  }
}

type Emit = (key: string | null, text: string, isWhole: boolean) => void

/** The places as a tree of names. */
interface Branch {
  names: Map<string, Branch>
  place: Place | null
}

function grow(root: Branch, place: Place): void {
  let branch = root
  for (const name of place.path) {
    const next = branch.names.get(name) ?? { names: new Map<string, Branch>(), place: null }
    branch.names.set(name, next)
    branch = next
  }
  branch.place = place
}

/** A container between the root and a place. */
class OnTheWay implements JsonContainer {
  readonly #branch: Branch
  readonly #emit: Emit

  constructor(branch: Branch, emit: Emit) {
    this.#branch = branch
    this.#emit = emit
  }

  reading(key: Key): Reading {
    const next = this.#next(key)
    if (next === null) return 'skip'
    return next.place?.kind === 'single' ? 'take' : 'open'
  }

  take(key: Key, text: string): void {
    if (this.#next(key)?.place?.kind === 'single') this.#emit(null, text, true)
  }

  tooLong(_key: Key, head: string): 'skip' {
    this.#emit(null, head, false)
    return 'skip'
  }

  open(key: Key): JsonContainer {
    const next = this.#next(key)
    if (next === null) throw new Error('only what leads to a place is opened')
    return next.place === null ? new OnTheWay(next, this.#emit) : new Elements(next.place, this.#emit)
  }

  plainText(): void {
    // The outline has seen that there is JSON at every place; elsewhere a string is of no interest.
  }

  #next(key: Key): Branch | null {
    const { names } = this.#branch
    return names.get(String(key)) ?? names.get('*') ?? null
  }
}

/** The container whose children are elements. */
class Elements implements JsonContainer {
  readonly #kind: Place['kind']
  readonly #emit: Emit

  constructor(place: Place, emit: Emit) {
    this.#kind = place.kind
    this.#emit = emit
  }

  reading(key: Key, opens: string): Reading {
    if (this.#kind === 'numbered') return isNumbered(String(key)) ? 'take' : 'skip'
    return this.#kind === 'named' && opens !== '{' && opens !== '"' ? 'skip' : 'take'
  }

  take(key: Key, text: string): void {
    if (this.#kind === 'named' && text.startsWith('"') && !holdsObject(text)) return
    this.#emit(typeof key === 'number' ? null : key, text, true)
  }

  tooLong(key: Key, head: string): 'skip' {
    this.#emit(typeof key === 'number' ? null : key, head, false)
    return 'skip'
  }

  open(): JsonContainer {
    throw new Error('elements are taken whole')
  }

  plainText(): void {
    throw new Error('elements are taken whole')
  }
}

function holdsObject(text: string): boolean {
  const value = readJson(text)
  return typeof value === 'string' && !Array.isArray(innerJson(value) ?? [])
}

const containers = /^\s*(?:"\s*)?[[{]/
const mostStrings = 4

/** An element by its text. */
export function elementOf(index: number, key: string | null, text: string): ListElement {
  const value = readJson(text)
  if (value === undefined) return { index, key, value: null, original: text, fault: 'broken' }
  if (typeof value !== 'string') return { index, key, value, original: text, fault: null }
  const inner = openString(value)
  return { index, key, value: inner?.value ?? value, original: inner?.text ?? text, fault: null }
}

/** The container in a string (in a string…), with its text. */
function openString(outer: string): { value: Json; text: string } | null {
  let text = outer
  for (let depth = 0; depth < mostStrings && containers.test(text); depth += 1) {
    const value = readJson(text)
    if (typeof value === 'object' && value !== null) return { value, text: text.trim() }
    if (typeof value !== 'string') return null
    text = value
  }
  return null
}

import { isObject, readJson, type Json } from '../json.ts'
import type { JsonContainer, Key, TextSink } from './reading.ts'
import { JsonWalker } from './walker.ts'

/** A value up to this many characters is parsed as one; larger ones are opened. */
const wholeLength = 1_048_576
/** Opened containers may nest so deep; what lies deeper is stepped over. */
const deepest = 8
/** Children of an opened container that are kept for sure, and besides, spread evenly over the others. */
const firstKept = { array: 200, object: 2_000 } as const
const othersKept = 200
/** Characters of small children that are kept in all; once they are used up, a little of each further container. */
const budgetLength = 8_388_608
const littleLength = 4_096
const littleKept = 20
/** What is shorter is not worth opening once the budget is used up. */
const openedLength = 65_536
const mostOpened = 600

interface Budget {
  left: number
  opened: number
  watcher: ListWatcher | null
  /** Where the list that is watched stands; null: none has come yet. */
  watched: readonly Key[] | null
}

/** Looks on at the elements of one long list while the outline is made. */
export interface ListWatcher {
  /** A long list begins; `path` leads to it from the root. */
  begin(path: readonly Key[]): void
  element(text: string): void
  /** Not all of it was shown: an element was too long, or the list goes on under the same key. */
  missed(): void
}

/**
 * What a JSON text of any size looks like: its value, whole where it is small, else with the long lists in it thinned out.
 * Paths lead to the same places in both; in arrays the first 200 positions are those of the text.
 */
export class JsonOutline implements TextSink {
  readonly #budget: Budget
  readonly #root: Node
  readonly #walker: JsonWalker

  /** `watcher` is shown every element of the first long list that there is. */
  constructor(watcher: ListWatcher | null = null) {
    this.#budget = { left: budgetLength, opened: 0, watcher, watched: null }
    this.#root = new Node('array', this.#budget, [])
    this.#walker = new JsonWalker(this.#root, 0, wholeLength)
  }

  feed(text: string): void {
    this.#walker.feed(text)
  }

  /** The value; undefined where the text is no JSON. */
  end(): Json | undefined {
    if (!this.#walker.end()) return undefined
    return (this.#root.value() as readonly Json[])[0]
  }
}

interface Child {
  /** Its position among all children. */
  at: number
  key: Key
  value: Json | Node
}

class Node implements JsonContainer {
  readonly #kind: 'array' | 'object'
  readonly #budget: Budget
  readonly #path: readonly Key[]
  readonly #watcher: ListWatcher | null
  readonly #first: Child[] = []
  readonly #opened: Child[] = []
  #others: Child[] = []
  /** One child in so many is kept among the others. */
  #step = 1
  #count = 0

  /** The outermost node holds the whole text's value; its own key is no part of a path. */
  constructor(kind: 'array' | 'object', budget: Budget, path: readonly Key[]) {
    this.#kind = kind
    this.#budget = budget
    this.#path = path
    this.#watcher = kind === 'array' && path.length > 0 && budget.watched === null ? budget.watcher : null
    if (this.#watcher === null) return
    budget.watched = path
    this.#watcher.begin(path.slice(1))
  }

  get #depth(): number {
    return this.#path.length
  }

  reading(key: Key, opens: string): 'take' | 'open' {
    if (this.#kind === 'object' && this.#leadsToWatched(key)) this.#budget.watcher?.missed()
    // The outermost container is opened however small it is: of keys that stand there twice none may hide the other.
    return this.#depth === 0 && opens !== '"' ? 'open' : 'take'
  }

  take(key: Key, text: string): 'open' | void {
    this.#watcher?.element(text)
    if (!this.#isKept(text.length)) {
      if (text.length > openedLength && this.#mayOpen(text)) return 'open'
      this.#count += 1
      return
    }
    const value = readJson(text)
    // One broken element must not hide the list that it stands in.
    if (value === undefined && this.#mayOpen(text)) return 'open'
    this.#budget.left -= text.length
    this.#add({ at: this.#count, key, value: value === undefined ? text.slice(0, 200) : value })
  }

  tooLong(): 'open' | 'skip' {
    this.#watcher?.missed()
    return this.#canOpen() ? 'open' : 'skip'
  }

  /** Where it does, the key has come before. */
  #leadsToWatched(key: Key): boolean {
    const { watched } = this.#budget
    return watched?.[this.#depth] === key && this.#path.every((name, at) => name === watched[at])
  }

  #canOpen(): boolean {
    return this.#depth < deepest && this.#budget.opened < mostOpened
  }

  open(key: Key, kind: 'array' | 'object'): JsonContainer {
    const node = new Node(kind, this.#budget, [...this.#path, key])
    this.#budget.opened += 1
    this.#opened.push({ at: this.#count, key, value: node })
    this.#count += 1
    return node
  }

  plainText(key: Key, head: string): void {
    const isBegun = this.#opened.at(-1)?.key === key
    if (isBegun) this.#opened.pop()
    else this.#count += 1
    this.#opened.push({ at: this.#count - 1, key, value: head })
  }

  value(): Json {
    const children = [...this.#first, ...this.#opened, ...this.#others].toSorted((one, other) => one.at - other.at)
    if (this.#kind === 'array') return children.map(valueOf)
    const entries = new Map<string, Json>()
    for (const child of children) {
      const name = String(child.key)
      const before = entries.get(name)
      const value = valueOf(child)
      entries.set(name, before === undefined ? value : richer(before, value))
    }
    return Object.fromEntries(entries)
  }

  #isKept(length: number): boolean {
    if (this.#budget.left < length) return length <= littleLength && this.#first.length < littleKept
    return this.#count < firstKept[this.#kind] || this.#count % this.#step === 0
  }

  #mayOpen(text: string): boolean {
    const opens = text[0]
    return this.#canOpen() && (opens === '[' || (opens === '{' && this.#kind === 'object'))
  }

  #add(child: Child): void {
    this.#count += 1
    if (this.#first.length < firstKept[this.#kind]) {
      this.#first.push(child)
      return
    }
    this.#others.push(child)
    if (this.#others.length <= othersKept) return
    this.#others = this.#others.filter((_, index) => index % 2 === 0)
    this.#step *= 2
  }
}

function valueOf({ value }: Child): Json {
  return value instanceof Node ? value.value() : value
}

/** Of two values under one key the one that holds something; lists under one key are one list. */
function richer(before: Json, later: Json): Json {
  if (Array.isArray(before) && Array.isArray(later)) return [...before, ...later]
  return isEmpty(later) && !isEmpty(before) ? before : later
}

function isEmpty(value: Json): boolean {
  if (value === null || value === '') return true
  if (Array.isArray(value)) return value.length === 0
  return isObject(value) && Object.keys(value).length === 0
}

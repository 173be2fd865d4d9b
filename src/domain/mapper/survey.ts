import { isObject, type Json, type JsonObject } from '../json.ts'
import { codeOf } from './code-of.ts'
import type { ListElement } from './elements.ts'
import { hashText } from './hash.ts'
import { claimsOf } from './names.ts'
import { NumberEvidence } from './number-evidence.ts'
import { isLikeNumber } from './places.ts'
import { Sample } from './sample.ts'
import { readText } from './values.ts'

export { valueAt } from './value-at.ts'

/** What the elements hold under one path. */
export interface PathStats {
  path: readonly string[]
  /** Elements in which something stands there. */
  filled: number
  /** The first values that say something, as text. */
  samples: string[]
  /** Every code that stands there, where the name may mean the production status. */
  codes?: Set<string>
}

/** Fields may be nested so deep (order.express.no). */
const deepest = 3
const mostSamples = 200
const mostPaths = 600
const mostCodes = 300
/** Enough to see what a value is. */
const longestSample = 300

/** Every path of the elements with its values: the evidence is the whole reply, not its first element. */
export function survey(elements: readonly Json[]): PathStats[] {
  const survey = new Survey()
  for (const element of elements) if (isObject(element)) survey.note(element)
  return survey.stats
}

/** Gathers what all elements show, and holds only a sample of them. */
export class Survey {
  readonly stats: PathStats[] = []
  readonly numbers = new NumberEvidence()
  readonly sample = new Sample()
  elements = 0
  /** Every element stood under a key that looks like a number of its own. */
  keysAreNumbers = true
  readonly #root: Branch = { leaves: new Map(), branches: new Map() }

  add({ value, original, index, key }: ListElement): void {
    this.elements += 1
    if (key === null || !isLikeNumber(key)) this.keysAreNumbers = false
    const element = isObject(value) ? value : null
    if (element !== null) this.note(element)
    this.sample.add(value, original.length)
    this.numbers.add(element, index, hashText(original))
  }

  note(element: JsonObject): void {
    this.#visit(element, this.#root, [])
  }

  #visit(object: JsonObject, branch: Branch, path: readonly string[]): void {
    for (const name of Object.keys(object)) {
      const value = object[name]
      if (isObject(value) && path.length + 1 < deepest) this.#visit(value, branchAt(branch, name), [...path, name])
      else this.#record(name, value, branch, path)
    }
  }

  #record(name: string, value: Json | undefined, branch: Branch, path: readonly string[]): void {
    const leaf = branch.leaves.get(name) ?? this.#leaf(name, branch, path)
    if (leaf === null || value === null || value === '' || value === undefined) return
    leaf.filled += 1
    if (leaf.codes !== undefined && leaf.codes.size < mostCodes) noteCode(leaf.codes, value)
    if (leaf.samples.length >= mostSamples) return
    const text = typeof value === 'boolean' ? String(value) : readText(value)
    if (text !== null) leaf.samples.push(text.length > longestSample ? own(text.slice(0, longestSample)) : text)
  }

  #leaf(name: string, branch: Branch, parent: readonly string[]): PathStats | null {
    if (this.stats.length >= mostPaths) return null
    const path = [...parent, name]
    const claims = claimsOf(path)
    const number = claims.find(({ column }) => column === 'orderNo')?.weight ?? 0
    if (number > 0) this.numbers.watch(path, number)
    const leaf: PathStats = { path, filled: 0, samples: [] }
    if (claims.some(({ column }) => column === 'production')) leaf.codes = new Set()
    branch.leaves.set(name, leaf)
    this.stats.push(leaf)
    return leaf
  }
}

interface Branch {
  leaves: Map<string, PathStats>
  branches: Map<string, Branch>
}

function branchAt(branch: Branch, name: string): Branch {
  const known = branch.branches.get(name)
  if (known !== undefined) return known
  const made: Branch = { leaves: new Map(), branches: new Map() }
  branch.branches.set(name, made)
  return made
}

function noteCode(codes: Set<string>, value: Json): void {
  const code = codeOf(value)
  if (code !== null) codes.add(code)
}

/** A copy: a part of a string keeps the whole of it in memory. */
function own(part: string): string {
  return JSON.parse(JSON.stringify(part)) as string
}

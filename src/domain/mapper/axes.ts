import { isObject, type Json, type JsonObject } from '../json.ts'
import type { AxisValue } from '../vocabulary.ts'
import type { Assigned } from './assign.ts'
import { codeOf } from './code-of.ts'
import { normalName, wordEnding } from './names.ts'
import { valueAt } from './value-at.ts'
import { readText } from './values.ts'

/** Paths that state one axis, in the order in which they are asked. */
export interface AxisPlan {
  /** The best path and, where there is one, the path that says the same in the other form (a code's words). */
  pair: readonly (readonly string[])[]
  /** Asked only where the pair says nothing. */
  others: readonly (readonly string[])[]
}

/** Longest status word kept; what is longer is no status but a sentence. */
const longestWord = 200
const pairSample = 300

/**
 * Pairs a code with its words: by name (status, status_name), or because in the reply every code goes with one word.
 * Two fields that move on their own are two statuses; the better named one speaks.
 */
export function planAxis(assigned: readonly Assigned[], elements: readonly Json[]): AxisPlan {
  const [first, ...rest] = assigned.map(({ field }) => field.path)
  if (first === undefined) return { pair: [], others: [] }
  const stem = stemOf(first)
  const partner =
    rest.find((path) => stemOf(path) === stem && complements(first, path, elements)) ??
    rest.find((path) => complements(first, path, elements))
  return {
    pair: partner === undefined ? [first] : [first, partner],
    others: rest.filter((path) => path !== partner),
  }
}

/** What an element states on an axis; null where it is silent. */
export function readAxis(plan: AxisPlan, element: JsonObject): AxisValue | null {
  let value: AxisValue | null = null
  for (const path of plan.pair) value = withPart(value, valueAt(element, path))
  for (const path of plan.others) {
    if (value !== null) return value
    value = withPart(value, valueAt(element, path))
  }
  return value
}

function withPart(value: AxisValue | null, raw: Json | undefined): AxisValue | null {
  const { word, code } = value ?? { word: null, code: null }
  const saidCode = codeOf(raw)
  if (saidCode !== null) return code === null ? { word, code: saidCode } : value
  const said = readText(raw)
  if (said === null) return value
  return word === null ? { word: said.slice(0, longestWord), code } : value
}

/** One says codes and the other words, and each code goes with one word (nine times in ten). */
function complements(one: readonly string[], other: readonly string[], elements: readonly Json[]): boolean {
  const words = new Map<string, Map<string, number>>()
  let pairs = 0
  const step = Math.max(1, Math.floor(elements.length / pairSample))
  for (let index = 0; index < elements.length; index += step) {
    const element = elements[index]
    if (!isObject(element)) continue
    const parts = [valueAt(element, one), valueAt(element, other)]
    const code = codeOf(parts[0]) ?? codeOf(parts[1])
    const word = parts
      .filter((part) => codeOf(part) === null)
      .map(readText)
      .find((text) => text !== null)
    if (code === null || word === undefined) continue
    const counts = words.get(code) ?? new Map<string, number>()
    counts.set(word, (counts.get(word) ?? 0) + 1)
    words.set(code, counts)
    pairs += 1
  }
  const agreeing = [...words.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0)
  return pairs > 0 && agreeing >= pairs * 0.9
}

function stemOf(path: readonly string[]): string {
  return normalName(path.join('')).replace(wordEnding, '')
}

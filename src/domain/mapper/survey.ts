import { isObject, type Json, type JsonObject } from '../json.ts'
import { readText } from './values.ts'

/** What the elements hold under one path. */
export interface PathStats {
  path: readonly string[]
  /** Elements in which something stands there. */
  filled: number
  /** The first values that say something, as text. */
  samples: string[]
}

/** Fields may be nested so deep (order.express.no). */
const deepest = 3
const mostSamples = 200
const mostPaths = 600
/** Enough to see what a value is. */
const longestSample = 300

/** Every path of the elements with its values: the evidence is the whole reply, not its first element. */
export function survey(elements: readonly Json[]): PathStats[] {
  const root: Branch = { leaves: new Map(), branches: new Map() }
  const stats: PathStats[] = []
  for (const element of elements) if (isObject(element)) visit(element, root, [], stats)
  return stats
}

interface Branch {
  leaves: Map<string, PathStats>
  branches: Map<string, Branch>
}

function visit(object: JsonObject, branch: Branch, path: readonly string[], stats: PathStats[]): void {
  for (const name of Object.keys(object)) {
    const value = object[name]
    if (isObject(value) && path.length + 1 < deepest) visit(value, branchAt(branch, name), [...path, name], stats)
    else record(name, value, branch, path, stats)
  }
}

function record(
  name: string,
  value: Json | undefined,
  branch: Branch,
  path: readonly string[],
  stats: PathStats[],
): void {
  let leaf = branch.leaves.get(name)
  if (leaf === undefined) {
    if (stats.length >= mostPaths) return
    leaf = { path: [...path, name], filled: 0, samples: [] }
    branch.leaves.set(name, leaf)
    stats.push(leaf)
  }
  if (value === null || value === '' || value === undefined) return
  leaf.filled += 1
  if (leaf.samples.length >= mostSamples) return
  const text = typeof value === 'boolean' ? String(value) : readText(value)
  if (text !== null) leaf.samples.push(text.length > longestSample ? text.slice(0, longestSample) : text)
}

function branchAt(branch: Branch, name: string): Branch {
  const known = branch.branches.get(name)
  if (known !== undefined) return known
  const made: Branch = { leaves: new Map(), branches: new Map() }
  branch.branches.set(name, made)
  return made
}

/** The value under a path; undefined where there is none. */
export function valueAt(element: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = element
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  return value
}

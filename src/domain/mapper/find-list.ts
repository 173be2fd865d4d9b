import { innerJson, isObject, type Json, type JsonObject } from '../json.ts'
import { isLikeNumber, isNumbered, type Place } from './places.ts'
import { isListName, isOrder, likeness, type Likeness } from './likeness.ts'

/** Where the orders of a reply sit. */
export interface FoundList {
  /** Segments from the reply's root; `*` where several places of one shape were joined. */
  path: readonly string[]
  /** The places that were joined, each by itself. */
  places: readonly Place[]
  elements: readonly Json[]
  /** The key under which each element stood, where that key may be its order number. */
  keys: readonly string[] | null
  /** How much the elements look like orders; 0 for an empty list. */
  score: number
}

/** Parts of the documented envelope that never hold orders. */
const notOrders = new Set(['debug', 'exec_time', 'user_ip', 'msg', 'code'])
const deepest = 6
const mostChildren = 200
/** A reply made to be searched for ever ends the search here. */
const mostVisits = 20_000
/** Enough elements to know what a list holds. */
const looked = 20

/**
 * Finds the orders wherever they sit: data, data.list, data.<any>.list(s), result, a bare array, a single object, a JSON
 * string at any of these places, an object keyed by order number. Lists of one shape (data.own.list and
 * data.distributor.list) are joined. null: there is no list, not even an empty one.
 */
export function findList(root: Json): FoundList | null {
  const search: Search = { found: [], visits: 0 }
  walk(root, [], search)
  const { found } = search
  const best = found.reduce<FoundList | null>((top, one) => (top === null || one.score > top.score ? one : top), null)
  return best === null || best.score === 0 ? best : joined(best, found)
}

interface Search {
  readonly found: FoundList[]
  visits: number
}

function walk(value: Json, path: readonly string[], search: Search): void {
  search.visits += 1
  if (path.length > deepest || search.visits > mostVisits) return
  if (typeof value === 'string') {
    const inner = innerJson(value)
    if (inner !== undefined) walk(inner, path, search)
  } else if (Array.isArray(value)) {
    walkArray(value, path, search)
  } else if (isObject(value)) {
    walkObject(value, path, search)
  }
}

function walkArray(list: readonly Json[], path: readonly string[], search: Search): void {
  const elements = list.map(openElement)
  const score = listScore(elements, path)
  if (score !== null) search.found.push({ path, places: [{ path, kind: 'list' }], elements, keys: null, score })
  if (score !== null && score >= 2) return
  for (const [index, element] of elements.slice(0, mostChildren).entries()) {
    if (typeof element === 'object') walk(element, [...path, String(index)], search)
  }
}

function walkObject(object: JsonObject, path: readonly string[], search: Search): void {
  const keyed = keyedList(object, path)
  if (keyed !== null) {
    search.found.push(keyed)
    return
  }
  const own = likeness(object)
  const inOrder = isOrder(own)
  if (inOrder)
    search.found.push({ path, places: [{ path, kind: 'single' }], elements: [object], keys: null, score: own.columns })
  for (const [name, child] of Object.entries(object).slice(0, mostChildren)) {
    if (notOrders.has(name) && path.length <= 1) continue
    // What sits in an order (monthly settlements, a history) is part of it.
    if (!(inOrder && !isListName(name))) walk(child, [...path, name], search)
  }
}

function openElement(element: Json): Json {
  return typeof element === 'string' ? (innerJson(element) ?? element) : element
}

/** null: this array is no list of orders, not even of unreadable ones. */
function listScore(elements: readonly Json[], path: readonly string[]): number | null {
  const named = path.length === 0 || isListName(path.at(-1) ?? '')
  if (elements.length === 0) return path.some((name) => /^\d+$/.test(name)) ? null : 0
  const step = Math.max(1, Math.floor(elements.length / looked))
  const sample = elements.filter((_, index) => index % step === 0).slice(0, looked)
  const objects = sample.filter(isObject).map(likeness)
  const orders = objects.some(isOrder) ? objects.filter(isOrder) : ordersAmong(elements)
  // However little the others look like orders: they stand in one list, and none may be lost beside a single order.
  if (orders.length > 0) return meanColumns(orders)
  if (objects.length === 0) return named ? 0.1 : null
  const columns = (meanColumns(objects) * objects.length) / sample.length
  return columns >= 2 || named ? Math.max(columns, 0.2) : null
}

/** For a list whose sample holds no order: among the elements that would be searched one by one. */
function ordersAmong(elements: readonly Json[]): Likeness[] {
  return elements.slice(0, mostChildren).filter(isObject).map(likeness).filter(isOrder)
}

function meanColumns(objects: readonly Likeness[]): number {
  return objects.reduce((sum, { columns }) => sum + columns, 0) / objects.length
}

/**
 * An object whose values are the orders. Keys that look like numbers of orders may be theirs; 0, 1, 2… are what PHP
 * makes of a list with gaps; other keys (own, distributor) only where every value is an order by itself.
 */
function keyedList(object: JsonObject, path: readonly string[]): FoundList | null {
  const all = Object.entries(object)
  const opened = all.map(([key, value]): [string, Json] => [key, openElement(value)])
  const objects = opened.filter(([, value]) => isObject(value))
  if (objects.length === 0 || objects.length * 2 <= all.length) return null
  const numbered = objects.every(([key]) => isNumbered(key))
  // What stands among orders under a number of its own is an element too, though no order can be read from it.
  const entries = numbered ? opened.filter(([key]) => isNumbered(key)) : objects
  const sample = objects.slice(0, looked).map(([, value]) => likeness(value as JsonObject))
  const columns = sample.reduce((sum, one) => sum + one.columns, 0) / sample.length
  const fits = numbered ? columns >= 1 : sample.every(isOrder) && entries.every(([key]) => !isListName(key))
  if (!fits) return null
  const keys = entries.every(([key]) => isLikeNumber(key)) ? entries.map(([key]) => key) : null
  const places: Place[] = [{ path, kind: numbered ? 'numbered' : 'named' }]
  return { path, places, elements: entries.map(([, value]) => value), keys, score: columns }
}

/** Joins the lists whose paths differ in one segment only and whose elements look like orders as much. */
function joined(best: FoundList, found: readonly FoundList[]): FoundList {
  const alike = found.filter(
    (one) => one === best || (one.score >= best.score * 0.6 && differAt(best.path, one.path) !== null),
  )
  const at = alike.map((one) => differAt(best.path, one.path)).find((place) => place !== null)
  const same = alike.filter((one) => one === best || differAt(best.path, one.path) === at)
  if (at === undefined || at === null) return best
  return {
    path: best.path.map((name, index) => (index === at ? '*' : name)),
    places: same.flatMap((one) => one.places),
    elements: same.flatMap((one) => one.elements),
    keys: same.every((one) => one.keys !== null) ? same.flatMap((one) => one.keys ?? []) : null,
    score: best.score,
  }
}

/** The one place in which two paths of one length differ; null where they are the same or differ more. */
function differAt(one: readonly string[], other: readonly string[]): number | null {
  if (one.length !== other.length) return null
  const places = one.flatMap((name, index) => (name === other[index] ? [] : [index]))
  return places.length === 1 ? (places[0] ?? null) : null
}

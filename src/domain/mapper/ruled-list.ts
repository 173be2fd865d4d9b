import { innerJson, isObject, type Json, type JsonObject } from '../json.ts'
import { findList, type FoundList } from './find-list.ts'
import { isOrder, likeness } from './likeness.ts'
import type { Place } from './places.ts'

/** A list that the merchant pointed to counts as one, whatever its elements look like. */
const byRule = 100
const mostPlaces = 50
const deepest = 6
const mostVisits = 20_000
const looked = 20

/**
 * The list at the merchant's path; where the reply has nothing there (another shape, an empty `data`), it is looked for as
 * always: an element that the upstream may never send again is better read by guess than passed over.
 */
export function findRuledList(root: Json, path: string | null): FoundList | null {
  if (path === null) return findList(root)
  const names = path === '' ? [] : path.split('.')
  const lists = follow(root, names).flatMap(({ path: at, value }) => {
    const list = listAt(value)
    return list === null ? [] : [{ ...list, path: at }]
  })
  if (lists.length === 0) return findList(root)
  return {
    path: names,
    places: placesOf(names, lists),
    elements: lists.flatMap(({ elements }) => elements),
    keys: lists.every(({ keys }) => keys !== null) ? lists.flatMap(({ keys }) => keys ?? []) : null,
    score: byRule,
  }
}

/** Every value under a path; `*` stands for any name, JSON inside strings is opened on the way. */
function follow(root: Json, names: readonly string[]): Followed[] {
  let values: Followed[] = [{ path: [], value: opened(root) }]
  for (const name of names)
    values = values.flatMap(({ path, value }) =>
      childrenUnder(value, name).map(([key, held]) => ({ path: [...path, key], value: opened(held) })),
    )
  return values
}

interface Followed {
  path: readonly string[]
  value: Json
}

function childrenUnder(value: Json, name: string): [string, Json][] {
  if (typeof value !== 'object' || value === null) return []
  if (name === '*') return Object.entries(value as JsonObject)
  const held = (value as JsonObject)[name]
  return Object.hasOwn(value, name) && held !== undefined ? [[name, held]] : []
}

/** Lists of one kind are all that the path leads to, those too that a long reply's outline does not show. */
function placesOf(names: readonly string[], lists: readonly (List & { path: readonly string[] })[]): Place[] {
  const kinds = new Set(lists.map(({ kind }) => kind))
  const [kind] = kinds
  if (kinds.size === 1 && kind !== undefined) return [{ path: names, kind }]
  return lists.map(({ path, kind: own }) => ({ path, kind: own }))
}

interface List {
  kind: Place['kind']
  elements: readonly Json[]
  keys: readonly string[] | null
}

/** An array, an object keyed by number or name, or a single element. */
function listAt(value: Json): List | null {
  if (Array.isArray(value)) return { kind: 'list', elements: value.map(opened), keys: null }
  if (!isObject(value)) return null
  const entries = Object.entries(value).map(([key, held]): [string, Json] => [key, opened(held)])
  if (entries.length > 0 && entries.every(([, held]) => isObject(held)))
    return { kind: 'named', elements: entries.map(([, held]) => held), keys: entries.map(([key]) => key) }
  return entries.length === 0
    ? { kind: 'named', elements: [], keys: null }
    : { kind: 'single', elements: [value], keys: null }
}

function opened(value: Json): Json {
  return typeof value === 'string' ? (innerJson(value) ?? value) : value
}

/** A place in a reply where a list may sit, for choosing. */
export interface ListPlace {
  path: string
  elements: number
  /** Its elements look like orders. */
  orders: boolean
}

/** Every list and keyed object of a reply, those that look like orders first. */
export function listPlaces(root: Json): ListPlace[] {
  const places: ListPlace[] = []
  const waiting: [Json, readonly string[]][] = [[root, []]]
  for (let visits = 0; visits < mostVisits && places.length < mostPlaces * 4; visits += 1) {
    const next = waiting.shift()
    if (next === undefined) break
    const [value, path] = [opened(next[0]), next[1]]
    const place = placeAt(value, path)
    if (place !== null) places.push(place)
    if (place?.orders === true || path.length >= deepest || !isObject(value)) continue
    for (const [name, held] of Object.entries(value).slice(0, 200)) waiting.push([held, [...path, name]])
  }
  return places
    .sort((one, other) => Number(other.orders) - Number(one.orders) || other.elements - one.elements)
    .slice(0, mostPlaces)
}

function placeAt(value: Json, path: readonly string[]): ListPlace | null {
  const list = listAt(value)
  if (list === null || (!Array.isArray(value) && list.keys === null)) return null
  const objects = list.elements.slice(0, looked).filter(isObject)
  if (objects.length === 0 && list.elements.length > 0) return null
  return { path: path.join('.'), elements: list.elements.length, orders: objects.some((one) => isOrder(likeness(one))) }
}

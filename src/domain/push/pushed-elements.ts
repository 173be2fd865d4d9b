import { innerJson, isObject, type Json, type JsonObject } from '../json.ts'
import { claimsOf } from '../mapper/names.ts'
import { readField } from '../mapper/values.ts'

/** The numbers by which an element says which order it means. */
export interface PushedNumbers {
  orderNo: string | null
  ownNo: string | null
}

/** An element of a push: an order's part, or what stands where one should. */
export interface PushedElement {
  element: Json
  numbers: PushedNumbers
}

const deepest = 8
/** A 10 MB push of the smallest orders holds fewer; a push made to be searched for ever ends here. */
const mostVisits = 1_000_000
/** No order has so many fields: what has more is a list of some kind. */
const mostNames = 2_000
/** Only a name that says so is trusted: `id` may be the event's own. */
const sureName = 0.6

/**
 * The elements that say which order they mean, wherever they sit, and beside them in the same list those that do not.
 * What sits inside an element is part of it. Empty: nothing in the push names an order.
 */
export function pushedElements(root: Json): readonly PushedElement[] {
  const search: Search = { found: [], visits: 0 }
  visit(root, 0, search)
  return search.found
}

interface Search {
  found: PushedElement[]
  visits: number
}

function visit(value: Json, depth: number, search: Search): void {
  search.visits += 1
  if (depth > deepest || search.visits > mostVisits) return
  if (typeof value === 'string') {
    const inner = innerJson(value)
    if (inner !== undefined) visit(inner, depth + 1, search)
  } else if (Array.isArray(value)) {
    visitList(value, depth, search)
  } else if (isObject(value)) {
    const numbers = numbersOf(value)
    if (numbers !== null) search.found.push({ element: value, numbers })
    else for (const name of Object.keys(value)) visit(value[name] ?? null, depth + 1, search)
  }
}

/** Beside orders, what names none is kept too: it stands where an order should. */
function visitList(list: readonly Json[], depth: number, search: Search): void {
  const before = search.found.length
  const others: PushedElement[] = []
  for (const item of list) {
    const inside = search.found.length
    visit(item, depth + 1, search)
    if (search.found.length === inside) others.push({ element: item, numbers: { orderNo: null, ownNo: null } })
  }
  if (search.found.length > before) search.found.push(...others)
}

/** null: this object names no order by itself. */
export function numbersOf(object: JsonObject): PushedNumbers | null {
  const numbers: PushedNumbers = { orderNo: null, ownNo: null }
  const weights = { orderNo: 0, ownNo: 0 }
  const names = Object.keys(object)
  if (names.length > mostNames) return null
  for (const name of names) {
    const value = object[name]
    if (typeof value !== 'string' && typeof value !== 'number') continue
    const claim = claimsOf([name])[0]
    if (claim === undefined || claim.weight < sureName || !(claim.column === 'orderNo' || claim.column === 'ownNo'))
      continue
    const { column, weight } = claim
    const number = weight > weights[column] ? readField(column, value) : null
    if (number === null) continue
    numbers[column] = number
    weights[column] = weight
  }
  return numbers.orderNo === null && numbers.ownNo === null ? null : numbers
}

import { isObject, jsonText, type Json } from '../json.ts'
import type { CodeProfile } from '../vocabulary.ts'
import type { FoundList } from './find-list.ts'
import { findRuledList } from './ruled-list.ts'
import { makePlan, type MappingPlan } from './plan.ts'
import { plainReading, type Reading } from './rules.ts'
import { readElement, readOrderNo } from './read-element.ts'
import { findTotal } from './total.ts'
import type { MappedOrder, MappedReply, UnreadableItem } from './types.ts'

/** What a reply without any list of orders maps to. */
export const nothingMapped: MappedReply = {
  listPath: null,
  profile: 'unknown',
  orders: [],
  unreadable: [],
  fields: [],
  unused: [],
  conflicts: 0,
  total: null,
}

/**
 * Maps a whole parsed reply. Every element of the list becomes an order, or an unreadable item, or is an exact
 * duplicate of one that did. `before`: the code profile this account was known by. `reading`: the merchant's rules.
 */
export function mapReply(root: Json, before?: CodeProfile, reading: Reading = plainReading): MappedReply {
  const list = findRuledList(root, reading.rules.listPath)
  if (list === null) return nothingMapped
  const total = findTotal(root, list.path)
  const listPath = list.path.join('.')
  if (list.elements.length === 0) return { ...nothingMapped, listPath, total }
  const originals = list.elements.map(jsonText)
  const plan = makePlan(list.elements, originals, before, reading)
  const { profile, fields, unused } = plan
  return { listPath, profile, fields, unused, total, ...readAll(plan, list, originals) }
}

type Read = Pick<MappedReply, 'orders' | 'unreadable' | 'conflicts'>

function readAll(plan: MappingPlan, list: FoundList, originals: readonly string[]): Read {
  const chosen = new Map<string, Placed>()
  /** Originals that lost their number to a later element; their own duplicates fold into them. */
  const displaced = new Set<string>()
  const unreadable: UnreadableItem[] = []
  for (const [index, element] of list.elements.entries()) {
    const original = originals[index] ?? ''
    const key = plan.numberByKey ? (list.keys?.[index] ?? null) : null
    const orderNo = isObject(element) ? readOrderNo(plan, element, key) : null
    if (!isObject(element) || orderNo === null) {
      unreadable.push({ index, reason: isObject(element) ? plan.withoutNumber : 'notAnObject', original })
      continue
    }
    const before = chosen.get(orderNo)
    if (before?.order.original === original || displaced.has(original)) continue
    const placed = { order: readElement(plan, element, orderNo, original), index }
    if (before === undefined) {
      chosen.set(orderNo, placed)
      continue
    }
    const [later, earlier] = isLater(placed, before) ? [placed, before] : [before, placed]
    chosen.set(orderNo, later)
    displaced.add(earlier.order.original)
    unreadable.push({ index: earlier.index, reason: 'sameNumber', original: earlier.order.original })
  }
  return { orders: [...chosen.values()].map(({ order }) => order), unreadable, conflicts: displaced.size }
}

interface Placed {
  order: MappedOrder
  index: number
}

/** By the upstream's own update time where both have one, else by position. */
function isLater(one: Placed, other: Placed): boolean {
  const [mine, theirs] = [one.order.upstreamAt, other.order.upstreamAt]
  if (mine !== null && theirs !== null && mine !== theirs) return mine > theirs
  return one.index > other.index
}

import { isObject, type JsonObject } from '../json.ts'
import type { Column } from './column.ts'
import { claimsOf } from './names.ts'

/** How much an object looks like an order, by its names alone. */
export interface Likeness {
  /** Distinct columns that its names claim with some certainty. */
  columns: number
  /** One of them is an order number; `strongNumber`: by a name that can hardly be anything else. */
  number: boolean
  strongNumber: boolean
}

const listNames =
  /^(?:data|datas|list|lists|result|results|rows|records|items|orders|order_list|orderlist|content|数据|列表|订单列表|订单数据)$/i

/** Names under which replies put their lists. */
export function isListName(name: string): boolean {
  return listNames.test(name)
}

const certain = 0.55
const mostNames = 120

/** Names of the object and of the objects directly in it. */
export function likeness(object: JsonObject): Likeness {
  const columns = new Set<Column>()
  let strongNumber = false
  for (const path of pathsOf(object)) {
    const claim = claimsOf(path)[0]
    if (claim === undefined || claim.weight < certain) continue
    columns.add(claim.column)
    if (claim.column === 'orderNo' && claim.weight >= 0.8) strongNumber = true
  }
  const number = strongNumber || columns.has('orderNo') || Object.hasOwn(object, 'id')
  return { columns: columns.size, number, strongNumber }
}

function pathsOf(object: JsonObject): string[][] {
  const paths: string[][] = []
  for (const [name, value] of Object.entries(object).slice(0, mostNames)) {
    if (!isObject(value)) paths.push([name])
    // What stands under "data" is not a part of this object but what it wraps.
    else if (!isListName(name)) for (const inner of Object.keys(value).slice(0, mostNames)) paths.push([name, inner])
  }
  return paths
}

/** True for an object that is an order by itself, by its names alone. */
export function isOrder({ columns, number, strongNumber }: Likeness): boolean {
  return (strongNumber && columns >= 2) || (number && columns >= 4) || columns >= 6
}

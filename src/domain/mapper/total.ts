import { innerJson, isObject, type Json, type JsonObject } from '../json.ts'

const totalNames = [
  'total',
  'count',
  'totalCount',
  'total_count',
  'totalNum',
  'total_num',
  'recordsTotal',
  '总数',
  '总条数',
]

/** The reply's own total beside the list or above it; null where it gives none. */
export function findTotal(root: Json, listPath: readonly string[]): number | null {
  let value: Json | undefined = opened(root)
  let total: number | null = null
  for (const name of listPath) {
    if (!isObject(value)) break
    total = totalIn(value) ?? total
    value = opened(name === '*' ? undefined : value[name])
  }
  return total
}

function opened(value: Json | undefined): Json | undefined {
  return typeof value === 'string' ? innerJson(value) : value
}

function totalIn(object: JsonObject): number | null {
  for (const name of totalNames) {
    const value = Object.hasOwn(object, name) ? object[name] : undefined
    const count = typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value
    if (typeof count === 'number' && Number.isInteger(count) && count >= 0) return count
  }
  return null
}

import { innerJson, isObject, type Json } from '../json.ts'

const dataNames = new Set(['data', 'Data', 'result', 'list', 'rows', '数据'])
const deepest = 3

/** Opens JSON strings where an envelope holds its data, once, so that nothing parses a large one again. */
export function openData(value: Json, depth = 0): Json {
  if (typeof value === 'string') {
    const inner = innerJson(value)
    return inner === undefined ? value : openData(inner, depth)
  }
  if (!isObject(value) || depth === deepest) return value
  const names = Object.keys(value).filter((name) => dataNames.has(name))
  if (names.length === 0) return value
  const opened = names.map((name): [string, Json] => [name, openData(value[name] ?? null, depth + 1)])
  return { ...value, ...Object.fromEntries(opened) }
}

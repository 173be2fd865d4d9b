import { isObject, type Json, type JsonObject } from '../json.ts'

/** The value under a path; undefined where there is none. */
export function valueAt(element: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = element
  for (const name of path) {
    if (!isObject(value) || !Object.hasOwn(value, name)) return undefined
    value = value[name]
  }
  return value
}

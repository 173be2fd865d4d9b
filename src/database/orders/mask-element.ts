import { parseJson, isObject, type Json } from '#domain/json.ts'
import { personalPaths } from '#domain/mapper/personal.ts'
import { readText } from '#domain/mapper/values.ts'
import { valueAt } from '#domain/mapper/survey.ts'
import type { OrderFields } from '#domain/vocabulary.ts'
import { maskOriginal } from './mask-original.ts'

/**
 * An element from which no order was made, masked: by what its fields are called and look like, and besides everything
 * that looks like a mobile or an ID number. What is no JSON object is masked by looks alone.
 */
export function maskElement(original: string): string {
  const element: Json | undefined = parseJson(original)
  if (!isObject(element)) return maskOriginal(original, {})
  let masked = original
  for (const { path, field } of personalPaths([element])) {
    const value = readText(valueAt(element, path))
    const fields: OrderFields = value === null ? {} : { [field]: value }
    masked = maskOriginal(masked, fields)
  }
  return maskOriginal(masked, {})
}

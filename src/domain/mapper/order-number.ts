import { isObject, type Json } from '../json.ts'
import { fit } from './fit.ts'
import { confidenceOf, leastLook, type Field } from './assign.ts'
import { valueAt } from './survey.ts'
import { readField } from './values.ts'

/** Which field holds the order number. */
export interface OrderNumber {
  field: Field
  confidence: number
  /** Further fields for elements in which the first is empty; never such as stand beside it. */
  fallbacks: Field[]
}

/** Below this a field is taken for the order number only where there is nothing better. */
const leastScore = 0.15
/** What an unnamed field is worth that has a different identifier in every element. */
const unnamedWeight = 0.4
const mostCandidates = 6

interface Scored {
  field: Field
  weight: number
  repeats: number
  score: number
}

/**
 * Chooses the order number: by name, and by this: a field whose values repeat for differing elements cannot be it. The
 * share of repeats counts against the name, so that one duplicated element does not make a good order_no lose against
 * a row index, while a batch number that repeats everywhere loses even against a plain id.
 */
export function chooseOrderNumber(
  fields: readonly Field[],
  elements: readonly Json[],
  originals: readonly string[],
): OrderNumber | null {
  const named = fields.flatMap((field) => {
    const weight = field.claims.find((claim) => claim.column === 'orderNo')?.weight ?? 0
    return weight > 0 && field.stats.filled > 0 ? [{ field, weight }] : []
  })
  const all = score(named, elements, originals)
  const scored = all.filter((one) => one.score >= leastScore)
  const best = scored[0] ?? score(unnamed(fields), elements, originals)[0] ?? all.find(isBetterThanNone)
  if (best === undefined) return null
  const fallbacks = scored
    .filter(({ field, weight }) => field !== best.field && weight >= 0.8 && !standBeside(best.field, field, elements))
    .map(({ field }) => field)
  return { field: best.field, confidence: confidenceOf(best.score, fit('orderNo', best.field.looks)), fallbacks }
}

function score(
  candidates: readonly { field: Field; weight: number }[],
  elements: readonly Json[],
  originals: readonly string[],
): Scored[] {
  return candidates
    .filter(({ field, weight }) => fit('orderNo', field.looks) >= leastLook(weight))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, mostCandidates)
    .map(({ field, weight }) => {
      const { repeats, isRowIndex } = repeatsOf(field, elements, originals)
      const present = field.stats.filled / elements.length
      const malus = repeats + (isRowIndex ? 0.3 : 0) + (1 - present) * 0.3
      return { field, weight, repeats, score: weight - malus }
    })
    .sort((one, other) => other.score - one.score)
}

/**
 * For want of any other candidate: a good name even if its values repeat (the elements are then told apart and all
 * kept), a poor one only where they mostly do not.
 */
function isBetterThanNone({ weight, repeats }: Scored): boolean {
  return weight >= 0.8 || repeats < 0.5
}

/** Fields without a name for it that identify every element. */
function unnamed(fields: readonly Field[]): { field: Field; weight: number }[] {
  return fields
    .filter(({ looks, claims }) => {
      const isNumber = looks.idLike >= 0.95 && looks.distinct >= 0.95 && looks.averageLength >= 6
      const other = Math.max(looks.phone, looks.idNumber, looks.iccid, looks.time, looks.tracking)
      return isNumber && other < 0.5 && (claims[0]?.weight ?? 0) < 0.6
    })
    .map((field) => ({ field, weight: unnamedWeight }))
}

/** The share of elements whose value another, differing element had before; and whether the values just count up. */
function repeatsOf(
  field: Field,
  elements: readonly Json[],
  originals: readonly string[],
): { repeats: number; isRowIndex: boolean } {
  const first = new Map<string, number>()
  let differing = 0
  let counted = 0
  let isRowIndex = elements.length > 1
  for (const [index, element] of elements.entries()) {
    const value = isObject(element) ? readField('orderNo', valueAt(element, field.path)) : null
    if (value !== String(index) && value !== String(index + 1)) isRowIndex = false
    if (value === null) continue
    counted += 1
    const before = first.get(value)
    if (before === undefined) first.set(value, index)
    else if (originals[before] !== originals[index]) differing += 1
  }
  return { repeats: counted === 0 ? 1 : differing / counted, isRowIndex }
}

/** True where both speak in more than a few of the same elements: then they are two meanings, not two names of one. */
function standBeside(one: Field, other: Field, elements: readonly Json[]): boolean {
  let both = 0
  for (const element of elements) {
    if (!isObject(element)) continue
    if (readField('orderNo', valueAt(element, one.path)) === null) continue
    if (readField('orderNo', valueAt(element, other.path)) !== null) both += 1
  }
  return both > Math.min(one.stats.filled, other.stats.filled) * 0.05
}

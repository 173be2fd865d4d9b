import { fit } from './fit.ts'
import { confidenceOf, leastLook, type Field } from './assign.ts'
import type { NumberEvidence } from './number-evidence.ts'

/** Which field holds the order number. */
export interface OrderNumber {
  field: Field
  confidence: number
  /** Further fields for elements in which the first is empty; never such as stand beside it. */
  fallbacks: Field[]
}

/** What the elements show of fields with a name for it, and of others where those will not do. */
export interface FieldEvidence {
  named: NumberEvidence
  unnamed: NumberEvidence | null
}

/** Below this a field is taken for the order number only where there is nothing better. */
const leastScore = 0.15
/** What an unnamed field is worth that has a different identifier in every element. */
const unnamedWeight = 0.4
const mostCandidates = 6

interface Scored extends Candidate {
  repeats: number
  score: number
}

/**
 * Chooses the order number: by name, and by this: a field whose values repeat for differing elements cannot be it. The
 * share of repeats counts against the name, so that one duplicated element does not make a good order_no lose against
 * a row index, while a batch number that repeats everywhere loses even against a plain id. `elements`: their count.
 * `evidence.unnamed`: of what `unnamedFields` named, where it named any.
 */
export function chooseOrderNumber(
  fields: readonly Field[],
  { named: evidence, unnamed: other }: FieldEvidence,
  elements: number,
): OrderNumber | null {
  const all = score(named(fields), evidence, elements)
  const scored = all.filter((one) => one.score >= leastScore)
  const byValues = other === null ? undefined : score(unnamed(fields), other, elements)[0]
  const best = scored[0] ?? byValues ?? all.find(isBetterThanNone)
  if (best === undefined) return null
  const fallbacks = scored
    .filter(({ field, weight }) => field !== best.field && weight >= 0.8 && !standBeside(best.field, field, evidence))
    .map(({ field }) => field)
  return { field: best.field, confidence: confidenceOf(best.score, fit('orderNo', best.field.looks)), fallbacks }
}

/** Fields without a name for it that are to be looked at as well, because no named one will do. */
export function unnamedFields(fields: readonly Field[], evidence: NumberEvidence, elements: number): Field[] {
  const isFound = score(named(fields), evidence, elements).some((one) => one.score >= leastScore)
  return isFound ? [] : unnamed(fields).map(({ field }) => field)
}

interface Candidate {
  field: Field
  weight: number
}

function named(fields: readonly Field[]): Candidate[] {
  return fields.flatMap((field) => {
    const weight = field.claims.find((claim) => claim.column === 'orderNo')?.weight ?? 0
    return weight > 0 && field.stats.filled > 0 ? [{ field, weight }] : []
  })
}

function score(candidates: readonly Candidate[], evidence: NumberEvidence, elements: number): Scored[] {
  return candidates
    .filter(({ field, weight }) => evidence.has(field.key) && fit('orderNo', field.looks) >= leastLook(weight))
    .sort((one, other) => other.weight - one.weight)
    .slice(0, mostCandidates)
    .map(({ field, weight }) => {
      const repeats = evidence.seen(field.key)?.repeats ?? 1
      const present = field.stats.filled / elements
      const malus = repeats + (evidence.isRowIndex(field.key) ? 0.3 : 0) + (1 - present) * 0.3
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
function unnamed(fields: readonly Field[]): Candidate[] {
  return fields
    .filter(({ looks, claims }) => {
      const isNumber = looks.idLike >= 0.95 && looks.distinct >= 0.95 && looks.averageLength >= 6
      const other = Math.max(looks.phone, looks.idNumber, looks.iccid, looks.time, looks.tracking)
      return isNumber && other < 0.5 && (claims[0]?.weight ?? 0) < 0.6
    })
    .map((field) => ({ field, weight: unnamedWeight }))
}

/** True where both speak in more than a few of the same elements: then they are two meanings, not two names of one. */
function standBeside(one: Field, other: Field, evidence: NumberEvidence): boolean {
  return evidence.both(one.key, other.key) > Math.min(one.stats.filled, other.stats.filled) * 0.05
}

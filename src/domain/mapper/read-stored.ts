import { isObject, parseJson, type Json } from '../json.ts'
import type { CodeProfile } from '../vocabulary.ts'
import { makePlan } from './plan.ts'
import { readElement, readOrderNo } from './read-element.ts'
import type { Reading } from './rules.ts'
import type { MappedOrder } from './types.ts'

/** An element that was stored with its order. */
export interface StoredElement {
  orderNo: string
  original: string
}

/**
 * Reads stored elements by one plan made from all of them and from `evidence`. An order keeps its number unless the
 * rules say where numbers stand: a plan made from other elements must not give it another by guess. null: no object.
 */
export function readStored(
  elements: readonly StoredElement[],
  evidence: readonly string[],
  reading: Reading,
  before?: CodeProfile,
): (MappedOrder | null)[] {
  const parsed = elements.map(({ original }) => parseJson(original))
  const others = evidence.map((text): [Json | undefined, string] => [parseJson(text), text])
  const all = [...parsed.map((element, index) => [element, elements[index]?.original ?? ''] as const), ...others]
  const known = all.filter((pair): pair is readonly [Json, string] => isObject(pair[0]))
  const plan = makePlan(
    known.map(([element]) => element),
    known.map(([, text]) => text),
    before,
    reading,
  )
  const byRule = (reading.rules.fields.orderNo ?? []).length > 0
  return parsed.map((element, index) => {
    const stored = elements[index]
    if (!isObject(element) || stored === undefined) return null
    const orderNo = byRule ? readOrderNo(plan, element, stored.orderNo) : stored.orderNo
    return readElement(plan, element, orderNo ?? stored.orderNo, stored.original)
  })
}

import { isObject, jsonText, type Json, type JsonObject } from '../json.ts'
import { planSteps, type MappingPlan } from '../mapper/plan.ts'
import { readElement } from '../mapper/read-element.ts'
import type { MappedOrder } from '../mapper/types.ts'
import type { CodeProfile } from '../vocabulary.ts'
import { openPush, type OpenedPush, type PushRequest } from './open-push.ts'
import type { PushedElement, PushedNumbers } from './pushed-elements.ts'

/**
 * A part of an order: only what the push names. `fields` holds no order number; `upstreamAt` is the order's own update
 * time, where the push gives it.
 */
export type PushedOrder = Omit<MappedOrder, 'orderNo'> & PushedNumbers

export type PushedItem =
  | { kind: 'order'; order: PushedOrder }
  | { kind: 'unreadable'; original: string }
  /** A notice about a product: kept, and no order's business. */
  | { kind: 'product'; original: string }

/** What proves a push or names its kind is no part of an order. */
const notOfOrder = /^(?:sign|signature|api_?token|token|event_?type|nonce|app_?id|app_?key)$/i

/**
 * Everything a push says, in its own order; at least one item. `before`: the code profile the account was known by.
 * Never throws. Merging needs no more than this: the raw body stays in the replies file.
 */
export function readPush(request: PushRequest, before?: CodeProfile): PushedItem[] {
  const steps = readPushSteps(request, before)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}

/** The same, element by element: whoever reads may let others have their turn in between. */
export function* readPushSteps(request: PushRequest, before?: CodeProfile): Generator<void, PushedItem[]> {
  const opened = openPush(request)
  yield
  const whole = (): string => (opened.understood ? jsonText(withoutProof(opened.root)) : '')
  if (isProductNotice(opened)) return [{ kind: 'product', original: whole() }]
  const found = opened.elements()
  yield
  if (found.length === 0) return [{ kind: 'unreadable', original: whole() }]
  return yield* readElements(found, before)
}

export function isProductNotice({ parameters, root }: OpenedPush): boolean {
  const named = parameters.get('event_type') ?? parameters.get('eventType')
  if (named !== undefined) return named === 'product_status'
  const data = isObject(root) ? (root['Data'] ?? root['data']) : undefined
  return isObject(data) && data['event_type'] === 'product_status'
}

function* readElements(
  found: readonly PushedElement[],
  before: CodeProfile | undefined,
): Generator<void, PushedItem[]> {
  const elements: Json[] = []
  const originals: string[] = []
  for (const { element } of found) {
    const kept = withoutProof(element)
    elements.push(kept)
    originals.push(jsonText(kept))
    yield
  }
  const plan = yield* planSteps(elements, originals, before)
  const items: PushedItem[] = []
  for (const [index, { numbers }] of found.entries()) {
    items.push(readItem(plan, elements[index] ?? null, originals[index] ?? '', numbers))
    yield
  }
  return items
}

function readItem(plan: MappingPlan, element: Json, original: string, numbers: PushedNumbers): PushedItem {
  if (!isObject(element) || (numbers.orderNo === null && numbers.ownNo === null))
    return { kind: 'unreadable', original }
  const { orderNo: _orderNo, fields, ...order } = readElement(plan, element, '', original)
  const { orderNo: _number, ...named } = fields
  const ownNo = numbers.ownNo === null ? {} : { ownNo: numbers.ownNo }
  return { kind: 'order', order: { ...order, fields: { ...named, ...ownNo }, ...numbers } }
}

function withoutProof(element: Json): Json {
  if (!isObject(element) || !Object.keys(element).some((name) => notOfOrder.test(name))) return element
  const kept: [string, Json][] = Object.entries(element as JsonObject).filter(([name]) => !notOfOrder.test(name))
  return Object.fromEntries(kept)
}

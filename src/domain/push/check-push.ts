import { createHash, timingSafeEqual } from 'node:crypto'
import { isObject, type Json } from '../json.ts'
import { httpBuildQuery } from '../php-query.ts'
import type { OpenedPush } from './open-push.ts'
import { isProductNotice } from './read-push.ts'

const pingWords = new Set(['success', 'check', 'test', 'ping'])
/** 172's test order; never a real one's number. */
const testOrder = 'TestOrder172'
const fewParameters = 4

/**
 * True for what systems send to see whether the address answers: nothing at all, `msg=success` (敢探号, when the address
 * is saved), `msg=check`, the order TestOrder172. It is answered before any check and kept nowhere.
 */
export function isPing(opened: OpenedPush): boolean {
  if (opened.isEmpty) return true
  for (const value of opened.parameters.values()) if (value === testOrder) return true
  const elements = opened.elements()
  if (elements.length > 0) return elements.every(({ numbers }) => [numbers.orderNo, numbers.ownNo].includes(testOrder))
  const word = opened.parameters.get('msg')?.toLowerCase()
  return word !== undefined && pingWords.has(word) && opened.parameters.size <= fewParameters
}

const tokenNames = ['api_token', 'apiToken', 'apitoken']

/**
 * Whether a push proves that its sender knows the api_token: by the token itself, or by 敢探号's
 * sign = md5("outer_id=…&plan_mobile_produced=…&status=…" + api_token), lower case, over the values as they came (or as
 * PHP would write them into a query). What is given must be right, one of the two must be given. A notice about a
 * product has no documented sign and changes no order. Every comparison takes the same time wherever the texts differ.
 */
export function checkPush(opened: OpenedPush, apiToken: string): 'right' | 'sign' | 'token' {
  if (apiToken === '' || isProductNotice(opened)) return 'right'
  const token = tokenNames.map((name) => opened.parameters.get(name)).find((value) => value !== undefined)
  if (token !== undefined && !sameText(token, apiToken)) return 'token'
  const signed = signedParts(opened)
  if (signed.some((part) => !isSigned(part, apiToken))) return 'sign'
  return token !== undefined || signed.length > 0 ? 'right' : 'sign'
}

type Part = (name: string) => string | undefined

/** The push as a whole where it carries the sign; else each element that does, if all do. */
function signedParts({ parameters, ...opened }: OpenedPush): Part[] {
  const elements = opened.elements().map(({ element }) => element)
  const ofElement =
    (element: Json): Part =>
    (name) => {
      const value = isObject(element) && Object.hasOwn(element, name) ? element[name] : undefined
      return value === undefined || value === null || typeof value === 'object' ? undefined : String(value)
    }
  if (parameters.has('sign')) {
    const [only] = elements
    const inner = elements.length === 1 && only !== undefined ? ofElement(only) : () => undefined
    return [(name) => parameters.get(name) ?? inner(name)]
  }
  const signed = elements.map(ofElement).filter((part) => part('sign') !== undefined)
  // One signed order does not vouch for an unsigned one beside it.
  return signed.length === elements.length ? signed : signed.length === 0 ? [] : [() => undefined]
}

function isSigned(part: Part, apiToken: string): boolean {
  const given = part('sign') ?? ''
  const [outerId = '', produced = '', status = ''] = ['outer_id', 'plan_mobile_produced', 'status'].map(part)
  const plain = `outer_id=${outerId}&plan_mobile_produced=${produced}&status=${status}`
  const escaped = httpBuildQuery({ outer_id: outerId, plan_mobile_produced: produced, status })
  const right = [plain, escaped].map((text) => sameText(given, md5(text + apiToken)))
  return right.includes(true)
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex')
}

/** Equal, in a time that does not depend on where they differ. */
export function sameText(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest()
  return timingSafeEqual(digest(one), digest(other))
}

import { innerJson, isObject, parseJson, type Json, type JsonObject } from '../json.ts'
import { readForm, type Fields } from './form.ts'
import { readMultipart } from './multipart.ts'
import { pushedElements, type PushedElement } from './pushed-elements.ts'
import { charsetOf, textOfBytes } from './text-of-bytes.ts'

/** A push as it came over the wire. */
export interface PushRequest {
  method: string
  contentType: string
  /** Without the `?`. */
  query: string
  body: Uint8Array
}

/** A push as named values and JSON, before anything is known of what it means. */
export interface OpenedPush {
  /** The named values of the query, the form or the JSON object; scalars as text. */
  parameters: ReadonlyMap<string, string>
  /** Where orders are looked for: the JSON body, JSON inside a field, else the fields as one object. */
  root: Json
  /** What in it says which order it means; searched for when it is first asked for, and once. */
  elements(): readonly PushedElement[]
  /** False: there is a body, and it is neither JSON nor form nor multipart. */
  understood: boolean
  isEmpty: boolean
}

/** Systems send the orders as JSON inside a field of one of these names; others may hold a list of anything. */
const dataNames = /^(?:data|orders?|list|rows|body|content|json|param|params|payload)$/i
/** More than any form or order names. */
const mostNames = 2_000
/** What looks like a name of a field, so that `hello world` is no form. */
const fieldName = /^[\w.\-[\]\u4E00-\u9FFF]{1,100}$/

/** GET, form, multipart, JSON, JSON inside a field: whatever the content type says, the body itself decides. Never throws. */
export function openPush(request: PushRequest): OpenedPush {
  const { contentType, body } = request
  const charset = charsetOf(contentType)
  const queried = readForm(new TextEncoder().encode(request.query), null)
  const multipart = /multipart\//i.test(contentType) ? readMultipart(body, contentType) : null
  if (multipart !== null) return ofFields([...queried, ...multipart], multipart.length > 0 || body.length === 0)
  const json = looksLikeJson(body) ? parseJson(textOfBytes(body, charset)) : undefined
  if (json !== undefined) return ofJson(queried, typeof json === 'string' ? (innerJson(json) ?? json) : json)
  const isBroken = looksLikeJson(body) || /json/i.test(contentType)
  const fields = isBroken ? [] : readForm(body, charset).filter(([name]) => fieldName.test(name))
  const blank = body.every((byte) => byte <= 0x20)
  return ofFields([...queried, ...fields], blank || fields.some(([, value]) => value !== '') || isPlainMark(fields))
}

/** `msg` or `check` alone: a field without a value says nothing, but it is a form. */
function isPlainMark(fields: Fields): boolean {
  return fields.length > 0 && fields.every(([name]) => /^\w{1,40}$/.test(name))
}

function looksLikeJson(body: Uint8Array): boolean {
  const first = body.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf)
  return first === 0x7b || first === 0x5b || first === 0x22
}

function ofJson(queried: Fields, json: Json): OpenedPush {
  const named = isObject(json) && isForm(json) ? json : null
  const scalars = named === null ? [] : scalarsOf(named)
  const parameters = new Map([...queried, ...scalars])
  const opened = named === null ? json : withOpened(named)
  const isEmpty = parameters.size === 0 && isNothing(json)
  return { parameters, root: opened, elements: once(() => pushedElements(opened)), understood: true, isEmpty }
}

/** An object of more names is a list of some kind, and no form. */
function isForm(object: JsonObject): boolean {
  return Object.keys(object).length <= mostNames
}

function isNothing(json: Json): boolean {
  return json === null || json === '' || (typeof json === 'object' && Object.keys(json).length === 0)
}

function ofFields(fields: Fields, understood: boolean): OpenedPush {
  const parameters = new Map(fields)
  const root = withOpened(Object.fromEntries(fields))
  const isEmpty = parameters.size === 0 && understood
  return { parameters, root, elements: once(() => pushedElements(root)), understood, isEmpty }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}

/** Opens JSON inside the fields that carry data, so that what is in them is found and stored as JSON. */
function withOpened(object: JsonObject): JsonObject {
  const entries = Object.entries(object).map(([name, value]): [string, Json] => {
    const inner = typeof value === 'string' && dataNames.test(name) ? innerJson(value) : undefined
    return [name, inner ?? value]
  })
  return Object.fromEntries(entries)
}

function scalarsOf(object: JsonObject): Fields {
  return Object.entries(object).flatMap(([name, value]): [string, string][] =>
    value === null || typeof value === 'object' ? [] : [[name, String(value)]],
  )
}

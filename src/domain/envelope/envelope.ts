import { innerJson, isObject, type Json, type JsonObject } from '../json.ts'
import { isOrder, likeness } from '../mapper/likeness.ts'

/** What a reply says besides its orders. */
export interface Envelope {
  /** The code as text ("200", "0000"); with an inner envelope's differing code both: "200/0". */
  code: string | null
  /** Each code by itself, outer first. */
  codes: readonly string[]
  /** What msg, info and a sentence in data say, outer first, no two the same. */
  sentences: readonly string[]
  data: DataKind
}

/**
 * What stands in `data`: `empty` is null, "", {} (nothing, said weakly); `sentence` a text or a count; `missing` no such
 * key; `other` anything with content.
 */
export type DataKind = 'missing' | 'empty' | 'sentence' | 'other'

const codeNames = [
  'code',
  'Code',
  'errcode',
  'errCode',
  'error_code',
  'errorCode',
  'errno',
  'ret',
  'ret_code',
  '状态码',
]
const saidNames = ['msg', 'Msg', 'message', 'Message', 'info', 'errmsg', 'errMsg', 'error_msg', 'error', 'tip', '消息']
const dataNames = ['data', 'Data', 'result', 'rows', 'list', '数据']
const longestSentence = 500
const longestRead = 4_000
const deepest = 3

/** Reads {code,msg,data,…} and the inner {"msg":{"code","info"},"data"}, also where data is a JSON string of it. */
export function readEnvelope(root: Json): Envelope {
  const codes: string[] = []
  const sentences: string[] = []
  const data = collect(root, codes, sentences, 0)
  const distinct = [...new Set(codes)]
  return {
    code: distinct.length === 0 ? null : distinct.join('/').slice(0, 200),
    codes: distinct,
    sentences: [...new Set(sentences)],
    data,
  }
}

function collect(value: Json, codes: string[], sentences: string[], depth: number): DataKind {
  const opened = typeof value === 'string' ? (innerJson(value) ?? value) : value
  if (isObject(opened)) return collectObject(opened, codes, sentences, depth)
  if (opened === null || opened === '') return 'empty'
  if (Array.isArray(opened)) return opened.length === 0 ? 'empty' : 'other'
  sentences.push(sentence(String(opened)))
  return 'sentence'
}

function collectObject(object: JsonObject, codes: string[], sentences: string[], depth: number): DataKind {
  // A single order speaks of itself, not of the call.
  if (isOrder(likeness(object))) return 'other'
  push(codes, codeIn(object))
  for (const name of saidNames) {
    const said = own(object, name)
    if (isObject(said)) {
      push(codes, codeIn(said))
      for (const inner of saidNames) push(sentences, textOf(own(said, inner)))
    } else push(sentences, textOf(said))
  }
  const name = dataNames.find((candidate) => Object.hasOwn(object, candidate))
  if (name === undefined) return depth === 0 ? 'missing' : Object.keys(object).length === 0 ? 'empty' : 'other'
  const data = own(object, name) ?? null
  // A list of orders is not searched for sentences: its words are the orders' own.
  if (depth >= deepest || Array.isArray(data)) return Array.isArray(data) && data.length === 0 ? 'empty' : 'other'
  return collect(data, codes, sentences, depth + 1)
}

function own(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

function push(list: string[], text: string | null): void {
  if (text !== null) list.push(text)
}

function codeIn(object: JsonObject): string | null {
  for (const name of codeNames) {
    const code = own(object, name)
    if (typeof code === 'number') return String(code)
    if (typeof code === 'string' && code.trim() !== '') return code.trim().slice(0, 60)
  }
  return null
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value.trim() !== '' ? sentence(value) : null
}

/** One line without markup, shortened. */
export function sentence(text: string): string {
  const line = text
    .slice(0, longestRead)
    .replaceAll(/<[^<>]{0,1000}>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return line.length > longestSentence ? `${line.slice(0, longestSentence)}…` : line
}

import { escapeOddities } from './json-stream/unescape.ts'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

/**
 * A number that may not survive as a JavaScript number. Also hits inside strings now and then, which only costs time:
 * such a reply is read the careful way.
 */
const riskyNumber = /(?:^|[[:,\s])-?(?:\d{16}|\d[\d.]{16}|\d+(?:\.\d+)?[eE])/

/**
 * Parses JSON without losing a number: what JavaScript would round (beyond 2^53, long decimals, 1e400) becomes a
 * string with exactly its digits. A byte order mark is skipped. `__proto__` is an ordinary key, as JSON.parse makes it.
 * Returns undefined where the text is not JSON.
 */
export function parseJson(text: string): Json | undefined {
  const body = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
  try {
    return JSON.parse(riskyNumber.test(body) ? quoteRiskyNumbers(body) : body) as Json
  } catch {
    return undefined
  }
}

/** What JSON has no words for, outside of strings; a comma with nothing behind it. */
const lenient = /"(?:[^"\\]|\\[\s\S])*"|-?\b(?:NaN|Infinity|undefined)\b|,(?=\s*[}\]])/g

/**
 * As parseJson, and besides what languages write that are careless with JSON: NaN, Infinity and undefined (null), a comma
 * before a closing bracket, control characters and unknown escapes within strings.
 */
export function readJson(text: string): Json | undefined {
  const strict = parseJson(text)
  if (strict !== undefined) return strict
  return parseJson(
    text.replaceAll(lenient, (found) =>
      found.startsWith('"') ? `"${escapeOddities(found.slice(1, -1))}"` : found === ',' ? '' : 'null',
    ),
  )
}

/** True for `{…}` values, not arrays. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** JSON inside a string; undefined where the string is no container. */
export function innerJson(text: string): Json | undefined {
  if (!/^\s*(?:"\s*)?[[{]/.test(text)) return undefined
  const value = parseJson(text)
  if (typeof value === 'string') return innerJson(value)
  return typeof value === 'object' ? value : undefined
}

/** The JSON text of a parsed value. What nests too deep for the engine is written without its depths. */
export function jsonText(value: Json): string {
  try {
    return JSON.stringify(value)
  } catch {
    return JSON.stringify(shallow(value, 100))
  }
}

function shallow(value: Json, depth: number): Json {
  if (typeof value !== 'object' || value === null) return value
  if (depth === 0) return null
  if (Array.isArray(value)) return value.map((item: Json) => shallow(item, depth - 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, shallow(item, depth - 1)]))
}

const numberToken = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/** Puts quotes around the numbers that would be rounded, and leaves strings and everything else as they are. */
function quoteRiskyNumbers(text: string): string {
  const parts: string[] = []
  let copied = 0
  let at = 0
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === 0x22) {
      at = endOfString(text, at)
    } else if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      numberToken.lastIndex = at
      const token = numberToken.exec(text)?.[0] ?? text[at] ?? ''
      if (isLossy(token)) {
        parts.push(text.slice(copied, at), `"${token}"`)
        copied = at + token.length
      }
      at += token.length
    } else {
      at += 1
    }
  }
  parts.push(text.slice(copied))
  return parts.join('')
}

/** The position after the closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const end = text.indexOf('"', at)
    if (end === -1) return text.length
    let slashes = 0
    while (text.charCodeAt(end - 1 - slashes) === 0x5c) slashes += 1
    at = end + 1
    if (slashes % 2 === 0) return at
  }
}

function isLossy(token: string): boolean {
  if (token.length < 16 && !/[eE]/.test(token)) return false
  const value = Number(token)
  if (!Number.isFinite(value)) return true
  if (/^-?\d+$/.test(token)) return !Number.isSafeInteger(value)
  return /[eE]/.test(token) ? false : significant(String(value)) !== significant(token)
}

function significant(token: string): string {
  return token.replace('-', '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '')
}

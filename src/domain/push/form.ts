import { textOfBytes } from './text-of-bytes.ts'

/** Named values in the order in which they came. */
export type Fields = readonly (readonly [name: string, value: string])[]

/** More than any real push names; a body made of nothing but `&` must not fill the memory. */
const mostFields = 20_000

/** `application/x-www-form-urlencoded` bytes, as PHP reads them: `+` is a space, escapes are bytes of the charset. */
export function readForm(bytes: Uint8Array, charset: string | null): Fields {
  const fields: [string, string][] = []
  let start = 0
  while (start <= bytes.length && fields.length < mostFields) {
    const next = bytes.indexOf(ampersand, start)
    const end = next === -1 ? bytes.length : next
    if (end > start) fields.push(readPair(bytes.subarray(start, end), charset))
    start = end + 1
  }
  return fields
}

const ampersand = 0x26
const equals = 0x3d
const plus = 0x2b
const percent = 0x25
const space = 0x20

function readPair(pair: Uint8Array, charset: string | null): [string, string] {
  const at = pair.indexOf(equals)
  const text = (bytes: Uint8Array): string => textOfBytes(unescaped(bytes), charset)
  return at === -1 ? [text(pair), ''] : [text(pair.subarray(0, at)), text(pair.subarray(at + 1))]
}

function unescaped(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    const high = byte === percent ? hexDigit(bytes[at + 1]) : -1
    const low = high === -1 ? -1 : hexDigit(bytes[at + 2])
    if (low === -1) out[length] = byte === plus ? space : byte
    else {
      out[length] = high * 16 + low
      at += 2
    }
    length += 1
  }
  return out.subarray(0, length)
}

function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}

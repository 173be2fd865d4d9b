import type { Fields } from './form.ts'
import { textOfBytes } from './text-of-bytes.ts'

const mostParts = 2_000
const mostHeadBytes = 8_192

/**
 * The named parts of a `multipart/form-data` body; null where the content type names no boundary. A body cut off gives
 * the parts that are whole. Files are parts like any other.
 */
export function readMultipart(bytes: Uint8Array, contentType: string): Fields | null {
  const found = /boundary\s*=\s*(?:"([^"]{1,200})"|([^\s;]{1,200}))/i.exec(contentType)
  const boundary = found?.[1] ?? found?.[2]
  if (boundary === undefined) return null
  const mark = new TextEncoder().encode(`--${boundary}`)
  const fields: [string, string][] = []
  let at = indexOf(bytes, mark, 0)
  while (at !== -1 && fields.length < mostParts) {
    const start = at + mark.length
    const next = indexOf(bytes, mark, start)
    if (next === -1) break
    const field = readPart(bytes.subarray(start, next))
    if (field !== null) fields.push(field)
    at = next
  }
  return fields
}

const lineEnd = new Uint8Array([13, 10])
const headEnd = new Uint8Array([13, 10, 13, 10])

/** A part between two boundaries: CRLF, head, empty line, content, CRLF. */
function readPart(part: Uint8Array): [string, string] | null {
  const end = indexOf(part.subarray(0, mostHeadBytes), headEnd, 0)
  if (end === -1) return null
  const head = textOfBytes(part.subarray(0, end))
  const name = /^content-disposition:[^\r\n]*?\bname\s*=\s*(?:"([^"\r\n]{0,200})"|([^\s;]{1,200}))/im.exec(head)
  if (name === null) return null
  const content = part.subarray(end + headEnd.length)
  const closed = indexOf(content.subarray(-lineEnd.length), lineEnd, 0) === 0
  return [name[1] ?? name[2] ?? '', textOfBytes(closed ? content.subarray(0, -lineEnd.length) : content)]
}

function indexOf(bytes: Uint8Array, wanted: Uint8Array, from: number): number {
  const first = wanted[0] ?? 0
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    if (at + wanted.length > bytes.length) return -1
    if (wanted.every((byte, offset) => bytes[at + offset] === byte)) return at
  }
  return -1
}

import { isUtf8 } from 'node:buffer'

/** Charsets that a reply may be in besides UTF-8; the label that TextDecoder knows. */
const known = new Map([
  ['gbk', 'gb18030'],
  ['gb2312', 'gb18030'],
  ['gb_2312-80', 'gb18030'],
  ['x-gbk', 'gb18030'],
  ['cp936', 'gb18030'],
  ['gb18030', 'gb18030'],
  ['big5', 'big5'],
  ['utf-16', 'utf-16le'],
  ['utf-16le', 'utf-16le'],
  ['utf-16be', 'utf-16be'],
])

/**
 * Finds the charset of bytes that come piece by piece: by a byte order mark, else UTF-8 wherever the bytes are that, else
 * what the header says, else by what more of the bytes make sense in: UTF-8 with some broken characters, or GBK.
 */
export class CharsetGuess {
  readonly #header: string | null
  #mark: string | null = null
  #isFirst = true
  #isUtf8 = true
  /** The beginning of a character at the end of the last piece. */
  #rest = Buffer.alloc(0)
  /** Characters beyond ASCII as UTF-8 reads them. */
  #whole = 0
  #broken = 0

  constructor(contentType: string) {
    const label = /charset\s*=\s*["']?([\w.-]+)/i.exec(contentType)?.[1]?.toLowerCase() ?? ''
    this.#header = known.get(label) ?? null
  }

  add(piece: Uint8Array): void {
    if (this.#isFirst) this.#mark = markOf(piece)
    this.#isFirst = false
    if (this.#mark !== null) return
    const bytes = Buffer.concat([this.#rest, piece])
    const end = wholeCharacters(bytes)
    this.#rest = bytes.subarray(end)
    this.#count(bytes.subarray(0, end))
  }

  get charset(): string {
    if (this.#mark !== null) return this.#mark
    if (this.#isUtf8 && this.#rest.length === 0) return 'utf-8'
    if (this.#header !== null) return this.#header
    return this.#broken > this.#whole ? 'gb18030' : 'utf-8'
  }

  #count(bytes: Uint8Array): void {
    if (this.#isUtf8 && isUtf8(bytes)) return
    this.#isUtf8 = false
    for (const sign of new TextDecoder('utf-8').decode(bytes)) {
      if (sign === '\uFFFD') this.#broken += 1
      else if (sign > '\u007F') this.#whole += 1
    }
  }
}

function markOf(bytes: Uint8Array): string | null {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8'
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : null
}

/** Where the last character that may be whole ends, as UTF-8 counts. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length
  }
  return bytes.length
}

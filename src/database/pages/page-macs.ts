import { createHmac, pbkdf2Sync } from 'node:crypto'

/**
 * How SQLCipher 4 lays out a page (https://www.zetetic.net/sqlcipher/design/), as the files are opened here: 4,096
 * bytes of which the last 80 are the IV and an HMAC-SHA512 over everything before it and the page's number. The first
 * page begins with the file's salt in the clear.
 */
export const pageBytes = 4_096
const saltBytes = 16
const macBytes = 64
const saltMask = 0x3a
/** SQLite never uses the page at 1 GB: it locks bytes there. */
const lockPage = 0x4000_0000 / pageBytes + 1

export type PageState = 'good' | 'damaged' | 'empty'

/** Tells whole pages from damaged ones. `empty`: all zero, which a page never used may be. Pages are numbered from 1. */
export class PageMacs {
  readonly #key: Buffer

  /** `key` is the file's raw key, 64 hex digits; `firstPage` its first bytes. */
  constructor(key: string, firstPage: Uint8Array) {
    const salt = Buffer.from(firstPage.subarray(0, saltBytes)).map((byte) => byte ^ saltMask)
    this.#key = pbkdf2Sync(Buffer.from(key, 'hex'), salt, 2, 32, 'sha512')
  }

  stateOf(page: Uint8Array, number: number): PageState {
    if (number === lockPage) return 'empty'
    const macAt = pageBytes - macBytes
    const pageNumber = Buffer.alloc(4)
    pageNumber.writeUInt32LE(number)
    const mac = createHmac('sha512', this.#key)
      .update(page.subarray(number === 1 ? saltBytes : 0, macAt))
      .update(pageNumber)
      .digest()
    if (mac.equals(page.subarray(macAt))) return 'good'
    return page.every((byte) => byte === 0) ? 'empty' : 'damaged'
  }
}

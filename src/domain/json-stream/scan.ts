export const quote = 0x22
const backslash = 0x5c

/** How far the search for the end of one value has come. */
export interface Scan {
  /** The next character to look at. */
  at: number
  depth: number
  inString: boolean
  /** The text ended behind a backslash: the next character has no meaning of its own. */
  isEscaped: boolean
  isLiteral: boolean
  /** The value is an object's key. */
  isKey: boolean
}

/** Every literal of JSON, and those that some languages write where JSON has none. */
export const literal = /^(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|-?Infinity|-?NaN|undefined)$/

export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}
export function isOpening(code: number): boolean {
  return code === 0x7b || code === 0x5b
}
export function isClosing(code: number): boolean {
  return code === 0x7d || code === 0x5d
}

/** Begins the search at the value's first character. */
export function beginScan(scan: Scan, code: number, isKey: boolean): void {
  scan.depth = 0
  scan.inString = false
  scan.isEscaped = false
  scan.isLiteral = code !== quote && !isOpening(code)
  scan.isKey = isKey
}

/** The position after the value's last character; -1: it is not in the text yet, and `scan.at` says how far it was searched. */
export function endOfValue(text: string, scan: Scan): number {
  return scan.isLiteral ? endOfLiteral(text, scan) : endOfNested(text, scan)
}

function endOfLiteral(text: string, scan: Scan): number {
  for (let { at } = scan; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x2c || isClosing(code) || isSpace(code)) return at
  }
  scan.at = text.length
  return -1
}

/** Counts brackets outside of strings; whether they match each other is for who parses the value. */
function endOfNested(text: string, scan: Scan): number {
  const { length } = text
  let { depth, inString } = scan
  let at = scan.isEscaped ? scan.at + 1 : scan.at
  for (; at < length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === quote) {
        inString = false
        if (depth === 0) return at + 1
      } else if (code === backslash) at += 1
    } else if (code === quote) inString = true
    else if (isOpening(code)) depth += 1
    else if (isClosing(code)) {
      depth -= 1
      if (depth === 0) return at + 1
    }
  }
  scan.isEscaped = at > length
  scan.at = length
  scan.depth = depth
  scan.inString = inString
  return -1
}

/** Where the string that is open at `at` ends: the position of its closing quote, or -1. */
export function closingQuote(text: string, at: number): number {
  for (let end = text.indexOf('"', at); end !== -1; end = text.indexOf('"', end + 1)) {
    let slashes = 0
    while (end - 1 - slashes >= at && text.charCodeAt(end - 1 - slashes) === backslash) slashes += 1
    if (slashes % 2 === 0) return end
  }
  return -1
}

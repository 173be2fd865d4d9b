/**
 * Cells of a SpreadsheetML sheet (ECMA-376 part 1, 18.3.1.4). Every text is typed as a string, so that nothing in it can
 * become a formula or a rounded number; times are Excel's serial days, amounts are numbers.
 */

export type CellKind = 'text' | 'time' | 'amount'
/** Indices into the cell formats of styles.xml. */
export const cellFormats = { text: 1, time: 2, amount: 3, heading: 4 } as const

/** The most characters (UTF-16 units) that Excel takes in a cell. */
export const cellLimit = 32_767

/** One cell at a place such as `AB12`; '' where the value is empty. */
export function cellXml(place: string, kind: CellKind, value: string): string {
  if (kind === 'time') {
    const serial = timeSerial(value)
    if (serial !== null) return `<c r="${place}" s="${cellFormats.time}"><v>${serial}</v></c>`
  } else if (kind === 'amount' && isAmount(value)) {
    return `<c r="${place}" s="${cellFormats.amount}"><v>${value}</v></c>`
  }
  return textCell(place, value, cellFormats.text)
}

export function textCell(place: string, value: string, format: number): string {
  return `<c r="${place}" s="${format}" t="inlineStr"><is>${textElement(value)}</is></c>`
}

const spaceAtAnEnd = /^\s|\s$|\n/
function textElement(value: string): string {
  const kept = spaceAtAnEnd.test(value) ? ' xml:space="preserve"' : ''
  return `<t${kept}>${xmlText(value)}</t>`
}

/** Signs of XML, what XML 1.0 has no way to write, and texts that look like Excel's own escape for that. */
const special = /[&<>"\uFFFE\uFFFF]|[^\P{Cc}\t\n]|\p{Cs}|_x[0-9A-Fa-f]{4}_/u
const everySpecial = /[&<>"\uFFFE\uFFFF]|[^\P{Cc}\t\n]|\p{Cs}|_(?=x[0-9A-Fa-f]{4}_)/gu
const named: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/**
 * Text as XML. Control characters are written as Excel writes and reads them (`_x0001_`; ECMA-376 part 1, 22.9.2.19), a
 * lone half of a surrogate pair, which no file can hold, as the replacement character.
 */
export function xmlText(value: string): string {
  return special.test(value) ? value.replaceAll(everySpecial, escapeOf) : value
}

function escapeOf(found: string): string {
  const code = found.charCodeAt(0)
  if (code >= 0xd800 && code <= 0xdfff) return '\uFFFD'
  return named[found] ?? `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`
}

/** Cut to what a cell can hold, never through a surrogate pair. */
export function withinCell(value: string): string {
  if (value.length <= cellLimit) return value
  const last = value.charCodeAt(cellLimit - 1)
  return value.slice(0, last >= 0xd800 && last <= 0xdbff ? cellLimit - 1 : cellLimit)
}

const dayMs = 86_400_000
/** 1970-01-01 as a serial day. */
const epochSerial = 25_569
/** 1900-03-01: before it Excel counts a 29 February 1900 that never was. */
const firstSureSerial = 61
const timeForm = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/

/** `YYYY-MM-DD HH:mm:ss` (or the day alone) as Excel's days since 1899-12-30, the clock as written; null: no such time. */
export function timeSerial(text: string): number | null {
  const found = timeForm.exec(text)
  if (found === null) return null
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1)
    .map((part) => Number(part ?? 0))
  const ms = Date.UTC(year, month - 1, day, hour, minute, second)
  const back = new Date(ms).toISOString()
  if (back.slice(0, 10) !== text.slice(0, 10) || (text.length > 10 && back.slice(11, 19) !== text.slice(11)))
    return null
  const serial = ms / dayMs + epochSerial
  return serial < firstSureSerial ? null : serial
}

const amountForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/
/** Excel keeps 15 digits of a number. */
const mostDigits = 15

/** A plain decimal that a number holds exactly; anything else stays text. */
export function isAmount(text: string): boolean {
  return amountForm.test(text) && text.length - (text.includes('.') ? 1 : 0) - (text[0] === '-' ? 1 : 0) <= mostDigits
}

/** A, B … Z, AA, AB … for a column counted from 0. */
export function columnLetters(index: number): string {
  const before = index >= 26 ? columnLetters(Math.floor(index / 26) - 1) : ''
  return before + String.fromCharCode(65 + (index % 26))
}

/** How wide a text shows, in digits: East Asian signs take two. */
export function shownWidth(text: string): number {
  let width = 0
  for (let index = 0; index < text.length; index += 1) width += text.charCodeAt(index) >= 0x2e80 ? 2 : 1
  return width
}

/**
 * CSV cells and rows after RFC 4180: comma (semicolon, tab), CRLF, quotes doubled. A cell that Excel or WPS would run as
 * a formula gets a leading `'`; plain amounts (-12.50) stay numbers. Digit strings that they would spoil are written as
 * `="0012"`, except in plain rows, which are for other programs: there every digit string stands bare.
 */

export const csvBom = '\uFEFF'
export const csvLineEnd = '\r\n'

export type CsvSeparator = ',' | ';' | '\t'
const needsQuotes: Readonly<Record<CsvSeparator, RegExp>> = {
  ',': /[",\r\n]/,
  ';': /[";\r\n]/,
  '\t': /["\t\r\n]/,
}
/** From 12 digits on, Excel shows a number as 1.23E+11, and from 16 on it rounds. */
const longDigits = 12
const scientific = /^\d+(?:\.\d+)?[eE][+-]?\d+$/
const amount = /^-\d{1,11}(?:\.\d{1,6})?$/

/** One line with its CRLF. null is an empty cell. */
export function csvRow(cells: readonly (string | null)[], plain: boolean, separator: CsvSeparator = ','): string {
  let line = ''
  for (let index = 0; index < cells.length; index += 1) {
    if (index > 0) line += separator
    const value = cells[index]
    if (value !== null && value !== undefined && value !== '') line += csvCell(value, plain, separator)
  }
  // One empty cell alone would read back as no cell at all.
  if (line === '') line = '""'
  return line + csvLineEnd
}

/** One cell, quoted where it must be. */
export function csvCell(value: string, plain: boolean, separator: CsvSeparator = ','): string {
  const text = harmless(value, plain)
  return needsQuotes[separator].test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** The guard holds in plain rows too: whoever opens such a file by mistake must not run what a customer typed. */
function harmless(value: string, plain: boolean): string {
  const first = value.charCodeAt(0)
  if (first >= 48 && first <= 57) return !plain && spoiledByExcel(value, first) ? `="${value}"` : value
  switch (value[0]) {
    case '=':
    case '+':
    case '@':
    case '\t':
    case '\r':
      return `'${value}`
    case '-':
      return amount.test(value) ? value : `'${value}`
    default:
      return value
  }
}

/** Only for values that begin with a digit. */
function spoiledByExcel(value: string, first: number): boolean {
  const { length } = value
  let at = 1
  while (at < length) {
    const code = value.charCodeAt(at)
    if (code < 48 || code > 57) break
    at += 1
  }
  if (at < length) return (value[at] === 'e' || value[at] === 'E' || value[at] === '.') && scientific.test(value)
  return length >= longDigits || (first === 48 && length > 1)
}

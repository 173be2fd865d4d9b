/**
 * A table as the clipboard carries it. Text for everything that takes text; HTML beside it, because Excel and WPS prefer
 * it: cells marked as text keep leading zeros and long numbers, run no formula, and keep a line break inside one cell.
 */

export interface ClipboardTable {
  readonly text: string
  readonly html: string
}

type Cell = string | null

/** One cell alone is copied bare: it goes into a chat or a phone app more often than into a table. */
export function clipboardTable(rows: readonly (readonly Cell[])[]): ClipboardTable {
  const alone = rows.length === 1 && rows[0]?.length === 1 ? rows[0][0] : undefined
  return {
    text: alone === undefined ? rows.map(tsvRow).join('') : (alone ?? ''),
    html: `<meta charset="utf-8"><table>${rows.map(htmlRow).join('')}</table>`,
  }
}

/** One line with its CRLF, as Excel writes to and reads from the clipboard. null is an empty cell. */
export function tsvRow(cells: readonly Cell[]): string {
  return `${cells.map((cell) => tsvCell(cell ?? '')).join('\t')}\r\n`
}

/** Quoted where it would otherwise end the cell or the row, or where it holds a quote. */
export function tsvCell(value: string): string {
  return /[\t\r\n"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value
}

function htmlRow(cells: readonly Cell[]): string {
  return `<tr>${cells.map((cell) => `<td style="mso-number-format:'\\@'">${htmlText(cell ?? '')}</td>`).join('')}</tr>`
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function htmlText(value: string): string {
  return value
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
    .replaceAll(/\r\n?|\n/g, '<br style="mso-data-placement:same-cell">')
}

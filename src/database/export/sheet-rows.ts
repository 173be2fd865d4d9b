import { cellLimit, cellXml, columnLetters, shownWidth, withinCell, type CellKind } from '#domain/xlsx/cells.ts'
import type { Cell, Table } from './table.ts'

const widthBounds = { least: 8, most: 48, time: 19.5 } as const

/** Column widths from the headings and the first rows, in digits. */
export function sheetWidths({ headings, kinds }: Table, rows: readonly (readonly Cell[])[]): number[] {
  return headings.map((heading, index) => {
    if (kinds[index] === 'time') return widthBounds.time
    let widest = shownWidth(heading) + 3
    for (const row of rows) widest = Math.max(widest, shownWidth(row[index]?.slice(0, widthBounds.most) ?? '') + 1)
    return Math.min(Math.max(widest, widthBounds.least), widthBounds.most)
  })
}

/** Rows as XML, the first of them in that row of the sheet. */
export function rowsXml(
  rows: readonly (readonly Cell[])[],
  kinds: readonly CellKind[],
  firstRow: number,
): { xml: Buffer; shortened: number } {
  const letters = kinds.map((_, index) => columnLetters(index))
  let shortened = 0
  let xml = ''
  for (const [offset, row] of rows.entries()) {
    const number = firstRow + offset
    xml += `<row r="${number}">`
    for (let index = 0; index < kinds.length; index += 1) {
      let value = row[index]
      if (value === null || value === undefined || value === '') continue
      if (value.length > cellLimit) {
        shortened += 1
        value = withinCell(value)
      }
      xml += cellXml(`${letters[index]}${number}`, kinds[index] ?? 'text', value)
    }
    xml += '</row>'
  }
  return { xml: Buffer.from(xml), shortened }
}

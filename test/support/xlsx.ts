import { read, type CellObject, type WorkSheet } from '@e965/xlsx'
import { readFileSync } from 'node:fs'

export interface ReadSheet {
  name: string
  /** Typed cells, row by row; null where there is none. Dates are Excel's serial numbers. */
  rows: (ReadCell | null)[][]
  filter: string | null
}

export interface ReadCell {
  /** `s` text, `n` number, `b` boolean, `e` error; `f` a formula of any kind. */
  type: string
  value: string | number
  /** As Excel shows it. */
  shown: string
}

/** A workbook as another library reads it. */
export function readXlsx(file: string): ReadSheet[] {
  const book = read(readFileSync(file), {
    cellNF: true,
    cellText: true,
    cellDates: false,
    sheetStubs: false,
    dense: true,
  })
  return book.SheetNames.map((name) => sheetOf(name, book.Sheets[name]!))
}

function sheetOf(name: string, sheet: WorkSheet): ReadSheet {
  const data = (sheet['!data'] ?? []) as (CellObject | undefined)[][]
  const rows = Array.from(data, (row) => Array.from(row ?? [], (cell) => (cell === undefined ? null : cellOf(cell))))
  return { name, rows, filter: sheet['!autofilter']?.ref ?? null }
}

function cellOf(cell: CellObject): ReadCell {
  return {
    type: cell.f === undefined ? cell.t : 'f',
    value: cell.v as string | number,
    shown: cell.w ?? String(cell.v),
  }
}

/** Texts of a sheet, as a person would read them. */
export function shownTexts(sheet: ReadSheet): string[][] {
  const width = sheet.rows[0]?.length ?? 0
  return sheet.rows.map((row) => Array.from({ length: width }, (_, index) => row[index]?.shown ?? ''))
}

import { defaultExportColumns, orderColumns, type OrderColumn } from '#domain/vocabulary.ts'

/** The chosen columns in their order, then all others in the trade's order: the list a merchant arranges. */
export function arranged(chosen: readonly OrderColumn[]): OrderColumn[] {
  return [...chosen, ...orderColumns.filter((column) => !chosen.includes(column))]
}

/** Adds at the end or takes away; the last column stays, for a file without columns is no file. */
export function toggled(chosen: readonly OrderColumn[], column: OrderColumn): OrderColumn[] {
  if (!chosen.includes(column)) return [...chosen, column]
  return chosen.length === 1 ? [...chosen] : chosen.filter((other) => other !== column)
}

/** Moves a chosen column by one place; at the ends it stays. */
export function moved(chosen: readonly OrderColumn[], column: OrderColumn, by: -1 | 1): OrderColumn[] {
  const from = chosen.indexOf(column)
  const to = from + by
  if (from < 0 || to < 0 || to >= chosen.length) return [...chosen]
  const next = chosen.filter((other) => other !== column)
  next.splice(to, 0, column)
  return next
}

export function isDefault(chosen: readonly OrderColumn[]): boolean {
  return chosen.length === defaultExportColumns.length && chosen.every((name, at) => name === defaultExportColumns[at])
}

import type { ExportWords } from '#shared/contract/exports.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { locales } from '#shared/locales/index.ts'

/** Headings and words of a file in the merchant's language, for the database process that writes it. */
export function exportWords(locale: Locale): ExportWords {
  const { columns, exports, orders } = locales[locale]
  return {
    columns: columns.columns,
    stages: columns.stages,
    types: columns.types,
    axes: columns.axes,
    axisFlags: orders.flags,
    flags: columns.flags,
    history: exports.file.history,
    sheets: exports.file.sheets,
  }
}

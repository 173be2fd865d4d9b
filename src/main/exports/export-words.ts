import type { ExportWords } from '#shared/contract/exports.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { locales } from '#shared/locales/index.ts'

/** Headings, stages and order types in the merchant's language, for the database process that writes the file. */
export function exportWords(locale: Locale): ExportWords {
  const { columns, stages, types } = locales[locale].columns
  return { columns, stages, types }
}

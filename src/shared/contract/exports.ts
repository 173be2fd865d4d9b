import { z } from 'zod'
import { command } from '../rpc/route.ts'
import { countSchema, limits } from './common.ts'
import { columnsSchema, orderFilterSchema, orderSortSchema } from './orders.ts'

export const exportFormats = ['csv', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** `gbk` is written as GB18030, which begins with all of GBK and holds every other character too: nothing is lost. */
export const csvEncodings = ['utf8', 'gbk'] as const
export type CsvEncoding = (typeof csvEncodings)[number]

export const csvDelimiters = ['comma', 'semicolon', 'tab'] as const
export type CsvDelimiter = (typeof csvDelimiters)[number]

export const exportFormatSchema = z.enum(exportFormats)
export const csvEncodingSchema = z.enum(csvEncodings)
export const csvDelimiterSchema = z.enum(csvDelimiters)

/** How a file is written; which orders it holds is the filter's part. What is left out is as the first exports were. */
export const exportOptionsSchema = z.strictObject({
  columns: columnsSchema,
  /** Personal fields as the grid shows them before they are revealed. */
  masked: z.boolean().default(false),
  format: exportFormatSchema.default('csv'),
  /** CSV only. */
  encoding: csvEncodingSchema.default('utf8'),
  /** CSV only. */
  delimiter: csvDelimiterSchema.default('comma'),
  /** CSV only: digit strings bare instead of `="0012"`, for other programs than Excel. */
  plain: z.boolean(),
  /** Every change of the exported orders besides: a second sheet, or a second CSV file beside the first. */
  history: z.boolean().default(false),
})
export type ExportOptions = z.output<typeof exportOptionsSchema>

/** Chosen columns under a name of the merchant's. */
export const columnSetSchema = z.strictObject({
  name: z.string().trim().min(1).max(limits.label),
  columns: columnsSchema,
})
export type ColumnSet = z.infer<typeof columnSetSchema>
export const mostColumnSets = 30

const words = z.record(z.string().max(limits.id), z.string().max(limits.word))

/** Everything a file says that is no order's own text, in the merchant's language: the database process has no locale files. */
export const exportWordsSchema = z.strictObject({
  columns: words,
  stages: words,
  types: words,
  /** For side axes that came as a bare 0 or 1. */
  axisFlags: words.default({}),
  /** Colour flags of the merchant's own. */
  flags: words.default({}),
  axes: words.default({}),
  /** Headings of the history, and its yes. */
  history: words.default({}),
  /** Names of the sheets. */
  sheets: words.default({}),
})
export type ExportWords = z.output<typeof exportWordsSchema>

/** `rows` of `total` in the part that is being written; `share` (0 to 1) of the whole. */
export const exportProgressSchema = z.strictObject({
  part: z.enum(['orders', 'history']),
  rows: countSchema,
  total: countSchema,
  share: z.number().min(0).max(1),
})
export type ExportProgress = z.infer<typeof exportProgressSchema>

export const exportResultSchema = z.strictObject({
  rows: countSchema,
  /** Changes written; 0 unless the history was asked for. */
  changes: countSchema,
  /** Characters that GBK itself lacks: written as GB18030, which older programs show wrongly. */
  outsideGbk: countSchema,
  /** Cells cut to the 32,767 characters that a cell of XLSX can hold. */
  shortened: countSchema,
})
export type ExportResult = z.infer<typeof exportResultSchema>

const path = z.string().max(limits.path)

export const exportRoutes = {
  /**
   * Asks where to save, then writes. `file` null: the merchant closed the dialog. What is written is the orders of one
   * moment, whatever is merged meanwhile. Throws diskFull, fileInUse, folderGone,
   * fileNotWritable, cancelled.
   */
  'exports.start': command(
    z.strictObject({ filter: orderFilterSchema, sort: orderSortSchema, ...exportOptionsSchema.shape }),
    exportResultSchema.extend({ file: path.nullable(), historyFile: path.nullable() }),
    exportProgressSchema,
  ),
  /** Opens the folder of the file this window exported last. */
  'exports.showLast': command(z.strictObject({}), z.strictObject({ shown: z.boolean() })),
}

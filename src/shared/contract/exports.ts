import { z } from 'zod'
import { command } from '../rpc/route.ts'
import { countSchema, limits } from './common.ts'
import { columnsSchema, orderFilterSchema, orderSortSchema } from './orders.ts'

/** Column headings and stage words in the merchant's language, so that the database process needs no locale files. */
export const exportWordsSchema = z.strictObject({
  columns: z.record(z.string().max(limits.id), z.string().max(limits.word)),
  stages: z.record(z.string().max(limits.id), z.string().max(limits.word)),
  types: z.record(z.string().max(limits.id), z.string().max(limits.word)),
})
export type ExportWords = z.infer<typeof exportWordsSchema>

export const exportProgressSchema = z.strictObject({ rows: countSchema, total: countSchema })
export type ExportProgress = z.infer<typeof exportProgressSchema>

export const exportRoutes = {
  /** Asks where to save, then writes. `file` null: the merchant closed the dialog. Throws diskFull, fileNotWritable, cancelled. */
  'exports.start': command(
    z.strictObject({
      filter: orderFilterSchema,
      sort: orderSortSchema,
      columns: columnsSchema,
      /** Digit strings bare instead of `="0012"`: for other programs than Excel. */
      plain: z.boolean(),
    }),
    z.strictObject({ rows: countSchema, file: z.string().max(limits.path).nullable() }),
    exportProgressSchema,
  ),
  /** Opens the folder of the file this window exported last. */
  'exports.showLast': command(z.strictObject({}), z.strictObject({ shown: z.boolean() })),
}

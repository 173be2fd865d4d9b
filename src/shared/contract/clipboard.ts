import { z } from 'zod'
import { command } from '../rpc/route.ts'
import { countSchema } from './common.ts'
import { columnsSchema, orderFilterSchema, orderSortSchema } from './orders.ts'

/** More rows than this are a file's business: a clipboard of a million rows stops the program it is pasted into. */
export const copiedRowsAtMost = 10_000

export const clipboardRoutes = {
  /**
   * Puts these cells of the orders that the filter shows on the clipboard, in full whatever the screen masks; what is
   * unmasked never reaches the page. `heading`: a first row with the columns' names. Answers how many rows there were
   * and how many of them were copied.
   */
  'orders.copy': command(
    z.strictObject({ filter: orderFilterSchema, sort: orderSortSchema, columns: columnsSchema, heading: z.boolean() }),
    z.strictObject({ copied: countSchema, total: countSchema }),
  ),
}

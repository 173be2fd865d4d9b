import { z } from 'zod'
import { orderFlags } from '#domain/vocabulary.ts'
import { command, query } from '../rpc/route.ts'
import { countSchema, idSchema, limits } from './common.ts'
import { orderFilterSchema } from './order-filter.ts'

/** What a merchant writes beside orders: it stays on this computer and is never sent to an upstream. */
export const annotationLimits = { note: limits.text, tag: 24, tagsOfOrder: 20, tagsListed: 500 } as const

export const flagSchema = z.enum(orderFlags)
/** One free word or a few, on one line. */
export const tagSchema = z
  .string()
  .trim()
  .min(1)
  .max(annotationLimits.tag)
  .regex(/^[^\p{Cc}\p{Zl}\p{Zp},，]+$/u)
export const noteSchema = z.string().max(annotationLimits.note)

/** What stands at an order now. `note` '': none. Tags in the order in which they were added. */
export const annotationSchema = z.strictObject({
  note: noteSchema,
  tags: z.array(tagSchema).max(annotationLimits.tagsOfOrder),
  flag: flagSchema.nullable(),
})
export type Annotation = z.infer<typeof annotationSchema>

/** What to write; what is left out stays as it is, so that two who write different things never undo each other. */
export const annotationChangeSchema = z.strictObject({
  note: noteSchema.optional(),
  addTags: z.array(tagSchema).max(annotationLimits.tagsOfOrder).optional(),
  removeTags: z.array(tagSchema).max(annotationLimits.tagsOfOrder).optional(),
  /** null takes the flag away. */
  flag: flagSchema.nullable().optional(),
})
export type AnnotationChange = z.infer<typeof annotationChangeSchema>

export const tagInUseSchema = z.strictObject({ tag: tagSchema, orders: countSchema })
export type TagInUse = z.infer<typeof tagInUseSchema>

export const annotationRoutes = {
  /** One order's: the last write wins, field by field and tag by tag. Answers what stands there now. Throws orderNotFound. */
  'annotations.save': command(
    z.strictObject({ accountId: idSchema, id: z.number().int().positive(), change: annotationChangeSchema }),
    annotationSchema,
  ),
  /**
   * The same for every order that the filter shows (a selection is its `only`), in steps; a tag beyond an order's most
   * is left out there. Throws cancelled: the steps done by then stay.
   */
  'annotations.mark': command(
    z.strictObject({ filter: orderFilterSchema, change: annotationChangeSchema.omit({ note: true }) }),
    z.strictObject({ orders: countSchema }),
    z.strictObject({ done: countSchema, total: countSchema }),
  ),
  /** Tags in use, most used first. */
  'annotations.tags': query(
    z.strictObject({ accountId: idSchema }),
    z.array(tagInUseSchema).max(annotationLimits.tagsListed),
  ),
}

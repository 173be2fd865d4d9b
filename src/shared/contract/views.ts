import { z } from 'zod'
import { command, query } from '../rpc/route.ts'
import { countSchema, epochMsSchema, idSchema, limits, nothingSchema } from './common.ts'
import { orderFilterSchema } from './order-filter.ts'
import { orderSortSchema } from './orders.ts'
import { beijingDaySchema, todoRuleSchema, todoRules } from './todo-rules.ts'

export const viewLimits = { views: 100, columnsState: 64_000 } as const

const viewIdSchema = z.number().int().positive()
const viewNameSchema = z.string().trim().min(1).max(limits.label)

/** What a saved view filters by: everything but the account and a selection. */
export const viewFilterSchema = orderFilterSchema.omit({ accountId: true, only: true })
export type ViewFilter = z.infer<typeof viewFilterSchema>

/** A grid's own state of its columns, kept as it is: bounded JSON. */
export const columnsStateSchema = z.json().refine((state) => JSON.stringify(state).length <= viewLimits.columnsState)

export const viewContentSchema = z.strictObject({
  name: viewNameSchema,
  filter: viewFilterSchema,
  sort: orderSortSchema,
  /** null: the columns as they are without a view. */
  columns: columnsStateSchema.nullable(),
})
export type ViewContent = z.infer<typeof viewContentSchema>

export const savedViewSchema = viewContentSchema.extend({ id: viewIdSchema })
export type SavedView = z.infer<typeof savedViewSchema>

export const viewListSchema = z.strictObject({
  /** Every built-in view with its parameters as they are set, in the order of `todoRules`. */
  builtIn: z.array(todoRuleSchema).length(todoRules.length),
  /** By position. */
  saved: z.array(savedViewSchema).max(viewLimits.views),
})
export type ViewList = z.infer<typeof viewListSchema>

export const viewCountsSchema = z.strictObject({
  /** null: not counted yet; ask again in a moment. */
  builtIn: z.record(z.enum(todoRules), countSchema.nullable()),
  saved: z.array(z.strictObject({ id: viewIdSchema, count: countSchema.nullable() })).max(viewLimits.views),
  /** False: some are still being counted in the background, or are of an older revision. */
  complete: z.boolean(),
  revision: countSchema,
})
export type ViewCounts = z.infer<typeof viewCountsSchema>

const ofAccount = z.strictObject({ accountId: idSchema })

export const viewRoutes = {
  'views.list': query(ofAccount, viewListSchema),
  /** `today`: the Beijing day by the corrected clock. Answers at once with what is known; see `complete`. */
  'views.counts': query(ofAccount.extend({ today: beijingDaySchema }), viewCountsSchema),
  /** `id` null adds a view at the end. Throws viewNotFound, viewNameTaken, tooManyViews. */
  'views.save': command(ofAccount.extend({ id: viewIdSchema.nullable(), content: viewContentSchema }), savedViewSchema),
  /** Throws viewNotFound, viewNameTaken. */
  'views.rename': command(ofAccount.extend({ id: viewIdSchema, name: viewNameSchema }), nothingSchema),
  'views.remove': command(ofAccount.extend({ id: viewIdSchema }), nothingSchema),
  /** The whole order; views that are not named come after, as they were. */
  'views.reorder': command(ofAccount.extend({ ids: z.array(viewIdSchema).max(viewLimits.views) }), nothingSchema),
  /** Sets a built-in view's parameters. A look is not set this way: see views.look. */
  'views.setRule': command(ofAccount.extend({ rule: todoRuleSchema }), nothingSchema),
  /**
   * The merchant has looked: from now on changedSinceLook counts what comes after. `since` is the mark before, so that
   * the page can go on showing what it showed.
   */
  'views.look': command(ofAccount, z.strictObject({ since: epochMsSchema, now: epochMsSchema })),
}

import { z } from 'zod'
import {
  conditionDateColumns,
  conditionNumberColumns,
  conditionTextColumns,
  conditionWordsColumns,
  funnelSteps,
  stages,
} from '#domain/vocabulary.ts'
import { beijingTimeSchema, idSchema, limits, orderTypeSchema, stageSchema, textSchema, wordSchema } from './common.ts'
import { todoSchema } from './todo-rules.ts'

export const filterLimits = { conditions: 30, words: 200, tags: 50, tag: 40, ids: 50_000 } as const

/** Text as it is stored (the whole of it, never masked); ASCII letters of either case are the same. */
const textConditionSchema = z.strictObject({
  kind: z.literal('text'),
  column: z.enum(conditionTextColumns),
  op: z.enum(['contains', 'startsWith', 'equals', 'empty', 'notEmpty']),
  /** Nothing to compare with for empty and notEmpty. */
  value: wordSchema,
})

/** Both ends included; null: open. Orders without that amount never match, unless both are null: then any amount does. */
const numberConditionSchema = z.strictObject({
  kind: z.literal('number'),
  column: z.enum(conditionNumberColumns),
  op: z.literal('between'),
  min: z.number().finite().nullable(),
  max: z.number().finite().nullable(),
})

/** Both ends included, Beijing time in every column; null: open. Orders without that time never match. */
const dateConditionSchema = z.strictObject({
  kind: z.literal('date'),
  column: z.enum(conditionDateColumns),
  from: beijingTimeSchema.nullable(),
  to: beijingTimeSchema.nullable(),
})

/** The cell is exactly one of the values; '' stands for an empty cell. */
const wordsConditionSchema = z.strictObject({
  kind: z.literal('words'),
  column: z.enum(conditionWordsColumns),
  values: z.array(textSchema).min(1).max(filterLimits.words),
})

export const conditionSchema = z.discriminatedUnion('kind', [
  textConditionSchema,
  numberConditionSchema,
  dateConditionSchema,
  wordsConditionSchema,
])
export type Condition = z.infer<typeof conditionSchema>

const orderIds = z.array(z.number().int().positive()).max(filterLimits.ids)

/** Which of the shown orders are meant: these, or all but these. */
export const selectionSchema = z.union([z.strictObject({ ids: orderIds }), z.strictObject({ allBut: orderIds })])
export type Selection = z.infer<typeof selectionSchema>

/**
 * What a figure of the statistics page counts beside account, type, days, stages and conditions. `step`: orders that
 * came at least so far, also where they failed later; `stopped`: and no farther. `reason`: why an order failed or was
 * not settled, exactly as the page lists it ('' for none).
 */
export const figureSchema = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('step'), step: z.enum(funnelSteps), stopped: z.boolean() }),
  z.strictObject({ of: z.literal('reason'), reason: textSchema }),
])
export type Figure = z.infer<typeof figureSchema>

/**
 * What a grid, a count, a statistic or an export is about. Everything left null or empty does not restrict; what is
 * given holds together (AND). Build one with `allOrders` and what differs.
 */
export const orderFilterSchema = z.strictObject({
  accountId: idSchema,
  type: orderTypeSchema.nullable(),
  stages: z.array(stageSchema).max(stages.length),
  /** By the order's creation time (first seen where the upstream gave none), both ends included. */
  from: beijingTimeSchema.nullable(),
  to: beijingTimeSchema.nullable(),
  /** Any part of order number, own number, name, phone, produced number, tracking number, product, remark, note or tag. */
  search: z.string().trim().max(limits.word),
  /** The upstream's own word or code of any axis, exactly. */
  status: wordSchema.nullable(),
  conditions: z.array(conditionSchema).max(filterLimits.conditions),
  /** A built-in view's rule, counted from a day. */
  todo: todoSchema.nullable(),
  /** Orders that carry any of these tags, and any of these flags. */
  tags: z.array(z.string().min(1).max(filterLimits.tag)).max(filterLimits.tags),
  flags: z.array(z.string().min(1).max(filterLimits.tag)).max(filterLimits.tags),
  only: selectionSchema.nullable(),
  figure: figureSchema.nullable(),
})
export type OrderFilter = z.infer<typeof orderFilterSchema>

/** Every order of an account. */
export function allOrders(accountId: string): OrderFilter {
  return {
    accountId,
    type: null,
    stages: [],
    from: null,
    to: null,
    search: '',
    status: null,
    conditions: [],
    todo: null,
    tags: [],
    flags: [],
    only: null,
    figure: null,
  }
}

import { z } from 'zod'
import { orderColumns, orderFields } from '#domain/vocabulary.ts'
import { query } from '../rpc/route.ts'
import { annotationSchema } from './annotations.ts'
import {
  axisSchema,
  beijingTimeSchema,
  columnSchema,
  countSchema,
  epochMsSchema,
  idSchema,
  limits,
  orderTypeSchema,
  stageSchema,
  textSchema,
} from './common.ts'
import { orderFilterSchema } from './order-filter.ts'
import { beijingDaySchema } from './todo-rules.ts'

export * from './order-filter.ts'
export * from './todo-rules.ts'

export const orderSortSchema = z.strictObject({ column: columnSchema, descending: z.boolean() })
export type OrderSort = z.infer<typeof orderSortSchema>

const cell = textSchema.nullable()
const fieldCells = Object.fromEntries(orderFields.map((field) => [field, cell])) as Record<
  (typeof orderFields)[number],
  typeof cell
>

/** One grid row. Personal fields are masked unless the window was asked with `reveal`. */
export const orderRowSchema = z.strictObject({
  /** Stable row id within this installation. */
  id: z.number().int().positive(),
  type: orderTypeSchema,
  stage: stageSchema,
  ...fieldCells,
  orderNo: textSchema,
  status: cell,
  activation: cell,
  recharge: cell,
  settlement: cell,
  refund: cell,
  firstSeenAt: epochMsSchema,
  changedAt: epochMsSchema,
  /** The last change went backward (a failed order came back, an activation was withdrawn). */
  backward: z.boolean(),
  /** When it was found missing upstream in two complete reads; null: it is there, as far as is known. */
  goneUpstreamAt: epochMsSchema.nullable(),
  /** The merchant's own note (at most 2,000 characters), tags and colour flag. */
  note: cell,
  tags: annotationSchema.shape.tags,
  flag: annotationSchema.shape.flag,
  /** The last day to act, where the filter's built-in view has one (settlementFailed); else null. */
  dueOn: beijingDaySchema.nullable(),
})
export type OrderRow = z.infer<typeof orderRowSchema>

const axisValue = z.strictObject({ word: textSchema.nullable(), code: textSchema.nullable() })

export const statusChangeSchema = z.strictObject({
  id: z.number().int().positive(),
  axis: axisSchema,
  /** null: first seen, there was nothing before. */
  from: axisValue.nullable(),
  to: axisValue,
  stage: stageSchema,
  backward: z.boolean(),
  seenAt: epochMsSchema,
  /** The upstream's own time of the change, where it gave one. */
  upstreamAt: beijingTimeSchema.nullable(),
  /** The upstream pushed it; false: a sync brought it. */
  pushed: z.boolean(),
})
export type StatusChange = z.infer<typeof statusChangeSchema>

export const orderDetailSchema = z.strictObject({
  row: orderRowSchema,
  /** The element as the upstream sent it last; personal fields masked unless revealed. */
  original: z.string().max(limits.json),
  /** Newest first. */
  changes: z.array(statusChangeSchema).max(2_000),
})
export type OrderDetail = z.infer<typeof orderDetailSchema>

export const orderCountsSchema = z.strictObject({
  /** By tab, with the filter's other restrictions. */
  own: countSchema,
  distributor: countSchema,
  /** By stage within the tab, ignoring the stage restriction. */
  stages: z.record(stageSchema, countSchema),
  /** What the whole filter shows. */
  total: countSchema,
})
export type OrderCounts = z.infer<typeof orderCountsSchema>

export const orderRoutes = {
  /** Rows [start, start + count) of a filter and sort. Stateless: the database keeps what makes scrolling fast. */
  'orders.window': query(
    z.strictObject({
      filter: orderFilterSchema,
      sort: orderSortSchema,
      start: countSchema,
      count: z.number().int().min(1).max(limits.rows),
      reveal: z.boolean(),
    }),
    z.strictObject({
      rows: z.array(orderRowSchema).max(limits.rows),
      total: countSchema,
      /**
       * False: the first rows came before everything was looked through, and `total` is only what is surely there.
       * The whole list is being made meanwhile: the same call again, or any later window, waits for it.
       */
      complete: z.boolean(),
      revision: countSchema,
    }),
  ),
  'orders.counts': query(orderFilterSchema, orderCountsSchema),
  'orders.detail': query(
    z.strictObject({ accountId: idSchema, id: z.number().int().positive(), reveal: z.boolean() }),
    orderDetailSchema,
  ),
}

export const orderEvents = {
  /** Orders changed in the database: what is shown should be asked again. */
  'orders.changed': z.strictObject({ accountId: idSchema, revision: countSchema }),
}

export const columnsSchema = z.array(columnSchema).min(1).max(orderColumns.length)

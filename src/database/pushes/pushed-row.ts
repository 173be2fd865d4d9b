import { z } from 'zod'
import type { PushedOrder } from '#domain/push/read-push.ts'
import { axes, codeProfiles, orderFields, stages } from '#domain/vocabulary.ts'

const text = z.string()
const axisValue = z.object({ word: text.nullable(), code: text.nullable() }).nullable()
const saidSchema = z.object({
  fields: z.object(
    Object.fromEntries(orderFields.map((field) => [field, text.optional()])) as Record<
      (typeof orderFields)[number],
      z.ZodOptional<z.ZodString>
    >,
  ),
  axes: z.object(
    Object.fromEntries(axes.map((axis) => [axis, axisValue])) as Record<(typeof axes)[number], typeof axisValue>,
  ),
  stage: z.enum(stages),
  upstreamAt: text.nullable(),
  profile: z.enum(codeProfiles).optional(),
})

/** A row of pushed_items that speaks of an order. */
export interface PushedRow {
  id: number
  received_at: number
  after_attempt: number
  /** The run of the status callback that told of it; null: it was pushed. */
  run: number | null
  order_no: string | null
  own_no: string | null
  said: string
  original: string
}
export const pushedRowSql = 'id, received_at, after_attempt, run, order_no, own_no, said, original'

/** What is stored of a pushed order beside its original. */
export function saidOf({ fields, axes: states, stage, upstreamAt, profile }: PushedOrder): string {
  return JSON.stringify({ fields, axes: states, stage, upstreamAt, profile })
}

/** The pushed order again. */
export function pushedOrderOf(row: PushedRow): PushedOrder {
  const said = saidSchema.parse(JSON.parse(row.said))
  return {
    ...said,
    fields: withoutUndefined(said.fields),
    orderNo: row.order_no,
    ownNo: row.own_no,
    original: row.original,
  } as PushedOrder
}

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T
}

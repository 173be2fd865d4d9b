import { z } from 'zod'
import { funnelSteps, stages } from '#domain/vocabulary.ts'
import { command, query } from '../rpc/route.ts'
import { countSchema, idSchema, limits, orderTypeSchema, stageSchema, textSchema } from './common.ts'

/** `groups`: products, agents and reasons are listed one by one up to here, the rest is summed up. */
export const statisticsLimits = { groups: 100, buckets: 400, months: 1_200, pictureBytes: 32_000_000 } as const

/** `YYYY-MM-DD` of a Beijing day. */
const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)

/**
 * What the figures are of: the orders placed within whole Beijing days, both included (first seen where the upstream
 * gave no creation time); null: open. `type` null: own and distributors' together.
 */
export const statisticsQuerySchema = z.strictObject({
  accountId: idSchema,
  type: orderTypeSchema.nullable(),
  from: daySchema.nullable(),
  to: daySchema.nullable(),
})
export type StatisticsQuery = z.infer<typeof statisticsQuerySchema>

export const funnelStepSchema = z.enum(funnelSteps)
export const dayRangeSchema = z.strictObject({ from: daySchema, to: daySchema })
export type DayRange = z.infer<typeof dayRangeSchema>

const perStage = z.record(stageSchema, countSchema)
/** Orders that came at least so far, also where they failed later. */
const perStep = z.record(funnelStepSchema, countSchema)
/** Amounts are in cents (分): sums stay exact. */
const moneySchema = z.strictObject({ orders: countSchema, cents: z.number().int() })

/** Sums over some of the orders. */
const sums = {
  steps: perStep,
  failed: countSchema,
  /** Commission of what is activated or recharged and waits for its settlement. */
  expected: moneySchema,
  /** Commission of what is settled. */
  settled: moneySchema,
}
export const totalsSchema = z.strictObject({ ...sums, stages: perStage })
export type Totals = z.infer<typeof totalsSchema>

/** The orders of one product, agent or reason; '' where the upstream named none. */
export const groupSchema = z.strictObject({ value: textSchema, ...sums })
export type Group = z.infer<typeof groupSchema>

const groupsSchema = z.strictObject({
  /** Most orders first. */
  items: z.array(groupSchema).max(statisticsLimits.groups),
  /** What the list left off: how many, and how many orders they have. */
  others: z.strictObject({ groups: countSchema, orders: countSchema }),
})
export type Groups = z.infer<typeof groupsSchema>

/** Time between two steps, over orders of which both times are known. */
export const stepTimeSchema = z.strictObject({
  from: funnelStepSchema,
  to: funnelStepSchema,
  /** null: known of no order. */
  medianMs: countSchema.nullable(),
  /** So many orders the median rests on. */
  orders: countSchema,
  /** True: these are a sample of the range. */
  sampled: z.boolean(),
})
export type StepTime = z.infer<typeof stepTimeSchema>

export const statisticsSchema = z.strictObject({
  /** The days asked for, an open end closed by the first or last order; null: there is none. */
  range: dayRangeSchema.nullable(),
  totals: totalsSchema,
  /** The same over as many days directly before; null where the start was left open. */
  before: z.strictObject({ range: dayRangeSchema, totals: totalsSchema }).nullable(),
  unit: z.enum(['day', 'week', 'month']),
  /** Oldest first, without a gap; the first and the last end with the range. */
  buckets: z.array(z.strictObject({ ...dayRangeSchema.shape, stages: perStage })).max(statisticsLimits.buckets),
  times: z.array(stepTimeSchema).max(funnelSteps.length),
  products: groupsSchema,
  agents: groupsSchema,
  /** Reasons of orders that are failed now, and of those whose settlement failed. */
  failures: groupsSchema,
  unsettled: groupsSchema,
  /** By the month in which the orders were placed, cut to the range. */
  months: z
    .array(z.strictObject({ ...dayRangeSchema.shape, expected: moneySchema, settled: moneySchema }))
    .max(statisticsLimits.months),
  /** Days whose figures are being counted anew; 0: everything is up to date. Told again by statistics.changed. */
  pendingDays: countSchema,
})
export type Statistics = z.infer<typeof statisticsSchema>
export type Bucket = Statistics['buckets'][number]
export type MonthSums = Statistics['months'][number]
export const noStages = Object.fromEntries(stages.map((stage) => [stage, 0])) as Totals['stages']

/** null: the merchant closed the dialog. Throws diskFull, fileNotWritable. */
const saved = z.strictObject({ file: z.string().max(limits.path).nullable() })

export const statisticsReadRoutes = {
  'statistics.read': query(statisticsQuerySchema, statisticsSchema),
}

export const statisticsRoutes = {
  ...statisticsReadRoutes,
  /** Asks where to save, then writes the figures as CSV in the window's language. */
  'statistics.saveFigures': command(statisticsQuerySchema, saved),
  /** Asks where to save, then writes the picture that the page drew. */
  'statistics.savePicture': command(
    z.strictObject({
      accountId: idSchema,
      png: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= statisticsLimits.pictureBytes),
    }),
    saved,
  ),
  /** Opens the folder of the file that was saved last. */
  'statistics.showLast': command(z.strictObject({}), z.strictObject({ shown: z.boolean() })),
}

export const statisticsEvents = {
  /** Figures were counted anew. */
  'statistics.changed': z.strictObject({ accountId: idSchema }),
}

import { z } from 'zod'
import { axes, channels, orderColumns, orderTypes, stages } from '#domain/vocabulary.ts'

/** Size bounds of everything that crosses a border. */
export const limits = {
  id: 64,
  label: 60,
  word: 200,
  text: 2_000,
  url: 2_000,
  json: 2_000_000,
  rows: 500,
  path: 4_096,
  pageState: 64_000,
} as const

export const idSchema = z.string().min(1).max(limits.id)
export const wordSchema = z.string().max(limits.word)
export const textSchema = z.string().max(limits.text)
export const orderTypeSchema = z.enum(orderTypes)
export const channelSchema = z.enum(channels)
export const stageSchema = z.enum(stages)
export const axisSchema = z.enum(axes)
export const columnSchema = z.enum(orderColumns)
/** `YYYY-MM-DD HH:mm:ss`, Beijing time whatever the PC's zone. */
export const beijingTimeSchema = z.string().regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
/** Milliseconds since the Unix epoch. */
export const epochMsSchema = z.number().int().nonnegative()
export const countSchema = z.number().int().nonnegative()
/** Both ends included. */
export const rangeSchema = z.strictObject({ from: beijingTimeSchema, to: beijingTimeSchema })
export type Range = z.infer<typeof rangeSchema>
export const nothingSchema = z.strictObject({})

import { z } from 'zod'
import { epochMsSchema } from './common.ts'

/** `YYYY-MM-DD` of a Beijing day. */
export const beijingDaySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** Whole Beijing days: 0 is today, 7 is the same day a week ago or earlier. */
const daysSchema = z.number().int().min(0).max(365)
const yuanSchema = z.number().finite().min(0).max(100_000)

/** The built-in views (待办), by what a merchant must do. */
export const todoRules = [
  'newToday',
  'changedSinceLook',
  'needsMerchant',
  'failed',
  'cameBack',
  'shippedNotActivated',
  'activatedNotRecharged',
  'rechargeBelow',
  'activatedThenGone',
  'settlementFailed',
  'quiet',
] as const
export type TodoRuleName = (typeof todoRules)[number]

export const todoRuleSchema = z.discriminatedUnion('rule', [
  /** First seen on this day. */
  z.strictObject({ rule: z.literal('newToday') }),
  /** Known before, and changed after this moment (the merchant's last look; 0: never looked). */
  z.strictObject({ rule: z.literal('changedSinceLook'), since: epochMsSchema }),
  /** Photo or data are wanted. */
  z.strictObject({ rule: z.literal('needsMerchant') }),
  z.strictObject({ rule: z.literal('failed') }),
  /** Was failed or gone, and its last change brought it back to life. */
  z.strictObject({ rule: z.literal('cameBack') }),
  /** Shipped for so many days. */
  z.strictObject({ rule: z.literal('shippedNotActivated'), days: daysSchema }),
  z.strictObject({ rule: z.literal('activatedNotRecharged'), days: daysSchema }),
  /** A first recharge came, of less than so many yuan. */
  z.strictObject({ rule: z.literal('rechargeBelow'), amount: yuanSchema }),
  /** 停机 or 销户 after it had been activated. */
  z.strictObject({ rule: z.literal('activatedThenGone') }),
  /** `days`: how long an appeal may take from the day it failed; rows then carry the last day as `dueOn`. */
  z.strictObject({ rule: z.literal('settlementFailed'), days: daysSchema }),
  /** Not final, and nothing of it changed for so many days. */
  z.strictObject({ rule: z.literal('quiet'), days: daysSchema }),
])
export type TodoRule = z.infer<typeof todoRuleSchema>

/** A rule and the Beijing day that its days are counted back from: today by the corrected clock. */
export const todoSchema = z.strictObject({ view: todoRuleSchema, today: beijingDaySchema })
export type Todo = z.infer<typeof todoSchema>

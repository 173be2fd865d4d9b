import { z } from 'zod'
import { faultSchema } from './server/fault.ts'
import { pushShapes } from './push/push-body.ts'
import { shapeSchema, shapeTextSchema } from './reply/shape.ts'

/** What the documentation leaves open, each a switch; the defaults are the likely reading. Can be changed while it runs. */
const switches = {
  shape: z.union([shapeTextSchema, shapeSchema]),
  /** HTTP status beside an error code: always 200, or the code itself. */
  errorHttpStatus: z.enum(['always200', 'sameAsCode']),
  successCode: z.union([z.number().int(), z.string().max(20)]),
  tooFastCode: z.number().int(),
  quotaCode: z.number().int(),
  /** Do channels 1 and 2 share the mark "delivered"? */
  channelsShareMarks: z.boolean(),
  /** Does a call with a range set the mark? */
  rangedCallMarks: z.boolean(),
  /** Does a call without a range also bring changes of orders older than 7 days? */
  olderChanges: z.boolean(),
  /** What start and end mean. */
  rangeMeans: z.enum(['created', 'updated']),
  /** Now and then a phone as 138****0013. */
  maskedPhones: z.boolean(),
  /** 19-digit order numbers as JSON integers instead of strings. */
  longIntegers: z.boolean(),
  /** Compress replies when the caller takes gzip. */
  gzip: z.boolean(),
  /** Least distance of two calls of a key, real milliseconds; 0 switches the rule off. */
  minIntervalMs: z.number().int().min(0),
  /** Calls of a key in a Beijing day. */
  dailyLimit: z.number().int().min(0),
  /** How changes are pushed to api_url: 敢探号's form, JSON, JSON inside Data, a list of all, or not at all. */
  pushShape: z.enum(pushShapes),
  /** A local address that is pushed to even if no call gives it. */
  pushUrl: z.string().max(2_000).nullable(),
  /** Signs pushes to that address; a call's own api_token signs those to its api_url. */
  pushToken: z.string().max(200),
  /** Before a push that was not accepted is tried again, twice. */
  pushRetryMs: z.number().int().min(0),
}
export const switchesSchema = z.object(switches)
export const switchesPatchSchema = z.strictObject(switches).partial()
export type SwitchesPatch = z.input<typeof switchesPatchSchema>

const credential = z.string().min(1).max(200)

/** Everything a practice gateway can be told. All of it has a default; the credentials are no secrets. */
export const practiceOptionsSchema = z.strictObject({
  /** 0: any free port. Always 127.0.0.1. */
  port: z.number().int().min(0).max(65_535).default(0),
  seed: z.number().int().default(1),
  /** Orders that exist at the epoch, spread over the `historyDays` before it; new ones follow in the same rhythm. */
  orders: z.number().int().min(1).max(5_000_000).default(5_000),
  historyDays: z.number().min(1).max(3_660).default(120),
  /** How fast practice time goes: 1 as real time, 86400 a day a second. */
  speed: z.number().min(0).max(10_000_000).default(1),
  /** Practice time at the very first start, epoch milliseconds; the real time by default. */
  nowMs: z.number().optional(),
  /** File that keeps practice time, marks and the day's count over restarts; null: memory only. */
  statePath: z.string().nullable().default(null),
  key: credential.optional(),
  /** Further keys of the same merchant, each with marks, throttle and quota of its own. */
  moreKeys: z.array(credential).max(20).default([]),
  name: credential.optional(),
  password: credential.optional(),
  token: credential.optional(),
  /** null: the console's signature check is off. Left out: on, with an SK of its own. */
  sk: credential.nullable().optional(),
  /** For the control address; made anew at every start unless given. */
  controlToken: credential.optional(),
  faults: z.array(faultSchema).max(100).default([]),
  shape: switches.shape.default(shapeSchema.parse({})),
  errorHttpStatus: switches.errorHttpStatus.default('always200'),
  successCode: switches.successCode.default(200),
  tooFastCode: switches.tooFastCode.default(400),
  quotaCode: switches.quotaCode.default(403),
  channelsShareMarks: switches.channelsShareMarks.default(false),
  rangedCallMarks: switches.rangedCallMarks.default(true),
  olderChanges: switches.olderChanges.default(false),
  rangeMeans: switches.rangeMeans.default('created'),
  maskedPhones: switches.maskedPhones.default(false),
  longIntegers: switches.longIntegers.default(false),
  gzip: switches.gzip.default(false),
  minIntervalMs: switches.minIntervalMs.default(1_000),
  dailyLimit: switches.dailyLimit.default(10_000),
  pushShape: switches.pushShape.default('form'),
  pushUrl: switches.pushUrl.default(null),
  pushToken: switches.pushToken.default(''),
  pushRetryMs: switches.pushRetryMs.default(1_000),
})
export type Switches = z.output<typeof switchesSchema>

/** `clock` is the real time, epoch milliseconds; injected by tests. */
export type PracticeOptions = z.input<typeof practiceOptionsSchema> & { clock?: { now(): number } }
export type PracticeSettings = z.output<typeof practiceOptionsSchema>

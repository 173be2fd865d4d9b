import { z } from 'zod'
import { axisMeanings, codeProfiles, mappedColumns, orderFields, stages, type Axis } from '#domain/vocabulary.ts'
import { command, query } from '../rpc/route.ts'
import {
  axisSchema,
  countSchema,
  epochMsSchema,
  idSchema,
  limits,
  orderTypeSchema,
  stageSchema,
  textSchema,
} from './common.ts'

export const mappedColumnSchema = z.enum(mappedColumns)
const profileSchema = z.enum(codeProfiles)
const meaningSchema = z.enum([...stages, 'no'])
/** Dotted path within a reply or an element, as the page shows it. */
const pathSchema = z.string().max(500)
const masked = z.string().max(300)

/** Longest lists a merchant's rules can have. */
export const mappingLimits = { pathsPerColumn: 5, statuses: 500, dateFormats: 8, paths: 600, rows: 50 } as const

const statusRule = { axis: axisSchema, means: meaningSchema }
const fitsAxis = ({ axis, means }: { axis: Axis; means: z.infer<typeof meaningSchema> }): boolean =>
  (axisMeanings[axis] as readonly string[]).includes(means)

/**
 * What the merchant decided about how replies are read. Everything left null or out stays automatic. A column's paths
 * are asked in their order; an empty list: nothing feeds it (for the order number: the key under which an element
 * stands). Times without a zone of their own are read in `zone` (of the IANA database, summer time included), else in
 * `zoneMinutes` (east of UTC), else in Beijing's; by the date formats first (YYYY YY MM M DD D HH H mm m ss s and signs), then by the usual writings.
 */
export const mappingRulesSchema = z.strictObject({
  listPath: pathSchema.nullable(),
  fields: z.partialRecord(mappedColumnSchema, z.array(pathSchema.min(1)).max(mappingLimits.pathsPerColumn)),
  profile: profileSchema.nullable(),
  words: z
    .array(z.strictObject({ ...statusRule, word: z.string().min(1).max(limits.word) }).refine(fitsAxis))
    .max(mappingLimits.statuses),
  codes: z
    .array(z.strictObject({ ...statusRule, code: z.string().min(1).max(limits.id) }).refine(fitsAxis))
    .max(mappingLimits.statuses),
  dateFormats: z.array(z.string().min(1).max(40)).max(mappingLimits.dateFormats),
  zoneMinutes: z.number().int().min(-720).max(840).nullable(),
  zone: z.string().min(1).max(64).nullable().optional(),
})
export type MappingRules = z.infer<typeof mappingRulesSchema>

/** A mapping as a file. The version grows where an older app could not read it any more: 2 has a named zone. */
export const mappingFileSchema = z.strictObject({
  format: z.literal('haoka-desk-mapping'),
  version: z.literal([1, 2]),
  /** The order type it was made for; it fits the other as well. */
  type: orderTypeSchema,
  rules: mappingRulesSchema,
})
export type MappingFile = z.infer<typeof mappingFileSchema>

/** Where a list may sit in a reply. */
const placeSchema = z.strictObject({ path: pathSchema, elements: countSchema, orders: z.boolean() })

/** One path of the elements, with up to three values, masked. */
const seenPathSchema = z.strictObject({
  path: pathSchema,
  samples: z.array(masked).max(3),
  /** Elements in which something stands there. */
  filled: countSchema,
})
export type SeenPath = z.infer<typeof seenPathSchema>

const seenColumnSchema = z.strictObject({
  column: mappedColumnSchema,
  /** Best first; empty: nothing feeds it. */
  sources: z.array(z.strictObject({ path: pathSchema, confidence: z.number().min(0).max(1) })).max(50),
  /** The merchant's rules say so. */
  byRule: z.boolean(),
})
export type SeenColumn = z.infer<typeof seenColumnSchema>

const seenStatusSchema = z.strictObject({
  axis: axisSchema,
  word: textSchema.nullable(),
  code: textSchema.nullable(),
  count: countSchema,
  /** null: cannot be told. */
  means: meaningSchema.nullable(),
  byRule: z.boolean(),
})
export type SeenStatus = z.infer<typeof seenStatusSchema>

/** broken: no JSON, even read leniently; tooLong: more than is read of one element, its beginning is kept beside the raw reply. */
export const unreadableReasons = [
  'notAnObject',
  'noOrderNumber',
  'sameNumber',
  'orderNumberRepeats',
  'broken',
  'tooLong',
] as const
const reasonSchema = z.enum(unreadableReasons)

const axisValueSchema = z.strictObject({ word: textSchema.nullable(), code: textSchema.nullable() }).nullable()

/** What a real element of the latest replies would become. Personal data is masked, in whichever column it lands. */
const previewRowSchema = z.strictObject({
  orderNo: textSchema,
  stage: stageSchema,
  fields: z.partialRecord(z.enum(orderFields), textSchema),
  axes: z.record(axisSchema, axisValueSchema),
})
export type PreviewRow = z.infer<typeof previewRowSchema>

/** What the rules make of the latest replies, written nowhere. */
export const mappingViewSchema = z.strictObject({
  /** Where the elements come from: raw replies, stored originals where those have expired, or nothing is there yet. */
  source: z.enum(['replies', 'originals', 'none']),
  replies: countSchema,
  elements: countSchema,
  /** When the newest of them came. */
  seenAt: epochMsSchema.nullable(),
  /** null: no list was found. */
  listPath: pathSchema.nullable(),
  places: z.array(placeSchema).max(50),
  profile: profileSchema,
  columns: z.array(seenColumnSchema).max(mappedColumns.length),
  paths: z.array(seenPathSchema).max(mappingLimits.paths),
  /** Paths that feed nothing. */
  unused: z.array(pathSchema).max(mappingLimits.paths),
  statuses: z.array(seenStatusSchema).max(300),
  /** Distinct texts of time columns that could not be read as a time. */
  unreadTimes: z.array(masked).max(10),
  rows: z.array(previewRowSchema).max(mappingLimits.rows),
  orders: countSchema,
  unreadable: countSchema,
})
export type MappingView = z.infer<typeof mappingViewSchema>

export const unreadableItemSchema = z.strictObject({
  id: z.number().int().positive(),
  reason: reasonSchema,
  /** Personal data masked unless revealed. */
  original: z.string().max(limits.text),
  firstSeenAt: epochMsSchema,
  lastSeenAt: epochMsSchema,
  /** In so many replies. */
  times: countSchema,
})
export type UnreadableItem = z.infer<typeof unreadableItemSchema>

/** `reading`: raw replies; `originals`: what is left where replies have expired; `swapping`: the new takes its place. */
export const rerunProgressSchema = z.strictObject({
  phase: z.enum(['originals', 'reading', 'swapping']),
  done: countSchema,
  total: countSchema,
})
export type RerunProgress = z.infer<typeof rerunProgressSchema>

export const rerunResultSchema = z.strictObject({
  replies: countSchema,
  /** Orders of which a source has expired: rebuilt from their stored original. */
  originals: countSchema,
  orders: countSchema,
  added: countSchema,
  changed: countSchema,
  /** Orders that the new rules no longer see in replies that are all still there. */
  removed: countSchema,
  unreadable: countSchema,
})
export type RerunResult = z.infer<typeof rerunResultSchema>

const of = { accountId: idSchema, type: orderTypeSchema }
const savedSchema = z.strictObject({
  rules: mappingRulesSchema,
  /** Rules were changed since orders were last rebuilt by them: a re-run is due. */
  rerunDue: z.boolean(),
})
export type SavedMapping = z.infer<typeof savedSchema>

/** Routes of the mapping that the database answers and the window asks. */
export const mappingDataRoutes = {
  'mapping.get': query(z.strictObject(of), savedSchema),
  /** Used by every merge from here on. Throws mappingInvalid. */
  'mapping.save': command(z.strictObject({ ...of, rules: mappingRulesSchema }), savedSchema),
  /** Reads the latest raw replies again by these rules (null: the saved ones). Throws mappingInvalid. */
  'mapping.view': query(z.strictObject({ ...of, rules: mappingRulesSchema.nullable() }), mappingViewSchema),
  /**
   * Rebuilds orders and history by the saved rules, beside the old ones, and swaps them in one transaction. An early
   * end of any kind leaves the old. Throws rerunRunning, cancelled, diskFull.
   */
  'mapping.rerun': command(z.strictObject(of), rerunResultSchema, rerunProgressSchema),
  'mapping.unreadable': query(
    z.strictObject({ ...of, start: countSchema, count: z.number().int().min(1).max(100), reveal: z.boolean() }),
    z.strictObject({ items: z.array(unreadableItemSchema).max(100), total: countSchema }),
  ),
}

export const mappingRoutes = {
  ...mappingDataRoutes,
  /** Asks where to save and writes the rules. `file` null: the merchant closed the dialog. Throws fileNotWritable. */
  'mapping.export': command(
    z.strictObject({ ...of, rules: mappingRulesSchema }),
    z.strictObject({ file: z.string().max(limits.path).nullable() }),
  ),
  /** Asks for a file and reads it; saves nothing. `rules` null: closed. Throws mappingInvalid. */
  'mapping.import': command(z.strictObject(of), z.strictObject({ rules: mappingRulesSchema.nullable() })),
}

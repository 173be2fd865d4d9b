import type { MappedOrder } from './mapper/types.ts'
import { isMasked } from './mask.ts'
import { isBackward } from './status/backward.ts'
import { codeEntry } from './status/codes.ts'
import { meaningOf } from './status/meaning-of.ts'
import type { StatusCorrections } from './status/corrections.ts'
import { computeStage } from './status/stage.ts'
import { meaningOfWord } from './status/words.ts'
import {
  axes as allAxes,
  personalFields,
  type Axis,
  type AxisValue,
  type CodeProfile,
  type OrderField,
  type OrderFields,
  type Stage,
} from './vocabulary.ts'

/** An order as the database holds it. */
export interface StoredOrder {
  fields: OrderFields
  /** null: nothing was ever said about that axis. */
  axes: Record<Axis, AxisValue | null>
  stage: Stage
}

/** One entry of an order's history. */
export interface AxisChange {
  axis: Axis
  /** null: first seen, there was nothing before. */
  from: AxisValue | null
  to: AxisValue
  /** The order's stage after this merge. */
  stage: Stage
  /** A failed order came back, an activation or a settlement was withdrawn, a parcel was "unshipped". */
  backward: boolean
  /** The upstream's own time of the change, `YYYY-MM-DD HH:mm:ss` Beijing, where it gave one. */
  upstreamAt: string | null
}

export interface MergedOrder extends StoredOrder {
  /** `changed`: at least one value of any kind differs; `changes` may still be empty then. */
  kind: 'new' | 'changed' | 'unchanged'
  changes: AxisChange[]
}

/** Columns that systems mask; stars elsewhere (a remark, a product's name) are part of the text. */
const maskable: ReadonlySet<OrderField> = new Set<OrderField>([
  ...personalFields,
  'iccid',
  'trackingNo',
  'agent',
  'ownNo',
])

/**
 * Merges what a reply says of an order into what is stored. What the reply lacks, leaves empty or masks never blanks or
 * replaces a stored value (a masked one fills an empty place; an unmasked one replaces a masked one); an axis it is
 * silent about stays. Merging the same twice gives `unchanged`.
 */
export function mergeOrder(stored: StoredOrder | null, incoming: MappedOrder): MergedOrder {
  const codes: Codes = { profile: incoming.profile ?? 'unknown', corrections: incoming.corrections ?? null }
  const fields = mergeFields(stored?.fields ?? {}, incoming.fields)
  const axes = mergeAxes(stored?.axes ?? emptyAxes(), incoming.axes, codes)
  const stage = mergedStage(stored, axes, codes)
  const changes = axes.moved.map(({ axis, from, to }) => ({
    axis,
    from,
    to,
    stage,
    backward: isBackward(axis, from, to, codes.profile, codes.corrections),
    upstreamAt: upstreamTime(axis, to, incoming, codes),
  }))
  const differs = fields.differ || axes.differ || stage !== stored?.stage
  const kind = stored === null ? 'new' : differs ? 'changed' : 'unchanged'
  return { fields: fields.merged, axes: axes.merged, stage, kind, changes }
}

/** How status values are read: whose codes they are, and what the merchant says of some. */
interface Codes {
  profile: CodeProfile
  corrections: StatusCorrections | null
}

/** Axes of an order about which nothing is known. */
export function emptyAxes(): Record<Axis, AxisValue | null> {
  return { production: null, activation: null, recharge: null, settlement: null, refund: null }
}

function mergeFields(stored: OrderFields, incoming: OrderFields): { merged: OrderFields; differ: boolean } {
  const merged: OrderFields = { ...stored }
  let differ = false
  for (const field of Object.keys(incoming) as OrderField[]) {
    const value = incoming[field]
    if (value === undefined || value.trim() === '' || value === merged[field]) continue
    if (hidesMore(field, merged[field], value)) continue
    merged[field] = value
    differ = true
  }
  return { merged, differ }
}

function hidesMore(field: OrderField, stored: string | undefined, incoming: string): boolean {
  return stored !== undefined && stored !== '' && maskable.has(field) && isMasked(incoming) && !isMasked(stored)
}

interface Move {
  axis: Axis
  from: AxisValue | null
  to: AxisValue
}
interface MergedAxes {
  merged: Record<Axis, AxisValue | null>
  moved: Move[]
  differ: boolean
}

function mergeAxes(stored: StoredOrder['axes'], incoming: MappedOrder['axes'], codes: Codes): MergedAxes {
  const merged = { ...stored }
  const moved: Move[] = []
  let differ = false
  for (const axis of allAxes) {
    const from = stored[axis]
    const said = incoming[axis]
    if (said === null || (said.word === null && said.code === null)) continue
    const isChange = from === null || statusDiffers(axis, from, said, codes)
    const to = isChange ? { word: said.word, code: said.code } : bothParts(from, said)
    merged[axis] = to
    if (isChange) moved.push({ axis, from, to })
    if (from?.word !== to.word || from.code !== to.code) differ = true
  }
  return { merged, moved, differ }
}

/**
 * By code where both have one (words under one code vary with the door they come through, and count only where they
 * speak of different stages), else by word. A word against a bare code is compared through the system's own table.
 */
function statusDiffers(axis: Axis, from: AxisValue, said: AxisValue, { profile, corrections }: Codes): boolean {
  if (from.code !== null && said.code !== null) {
    return from.code !== said.code || wordsDisagree(axis, from.word, said.word)
  }
  if (from.word !== null && said.word !== null) return from.word !== said.word
  const code = from.code ?? said.code
  const word = from.word ?? said.word
  if (code === null || word === null) return true
  const corrected = corrections?.of(axis, { word: null, code })
  if (corrected !== undefined) return corrected !== meaningOf(axis, { word, code: null }, profile, corrections)
  const entry = codeEntry(axis, code, profile)
  if (entry === null) return true
  return entry.word === null
    ? entry.meaning !== meaningOf(axis, { word, code: null }, profile, corrections)
    : entry.word !== word
}

function wordsDisagree(axis: Axis, from: string | null, said: string | null): boolean {
  if (from === null || said === null || from === said) return false
  const before = meaningOfWord(axis, from)
  const after = meaningOfWord(axis, said)
  return before !== null && after !== null && before !== after
}

function bothParts(from: AxisValue, said: AxisValue): AxisValue {
  return { word: said.word ?? from.word, code: said.code ?? from.code }
}

/** A reply too small to give its system away must not make a known stage unknown where nothing moved. */
function mergedStage(stored: StoredOrder | null, axes: MergedAxes, { profile, corrections }: Codes): Stage {
  const stage = computeStage(axes.merged, profile, corrections)
  return stage === 'unknown' && stored !== null && axes.moved.length === 0 ? stored.stage : stage
}

const timeField: Partial<Record<Axis, OrderField>> = {
  activation: 'activatedAt',
  recharge: 'rechargedAt',
  settlement: 'settledAt',
}

/** The axis's own time where the reply gave one for just this, else the order's update time. */
function upstreamTime(axis: Axis, to: AxisValue, incoming: MappedOrder, codes: Codes): string | null {
  const meaning = meaningOf(axis, to, codes.profile, codes.corrections)
  const field = axis === 'production' && meaning === 'shipped' ? 'shippedAt' : timeField[axis]
  const own = field === undefined || meaning === 'no' ? undefined : incoming.fields[field]
  return own ?? incoming.upstreamAt
}

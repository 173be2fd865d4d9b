import { fromBeijing, isBeijing } from './beijing-time.ts'
import { codeEntry } from './status/codes.ts'
import type { StatusCorrections } from './status/corrections.ts'
import type { Meaning } from './status/meaning.ts'
import { meaningOf } from './status/meaning-of.ts'
import { plainWord } from './status/words.ts'
import {
  axes,
  type Axis,
  type AxisValue,
  type CodeProfile,
  type FunnelStep,
  funnelSteps,
  type OrderFields,
  type Stage,
} from './vocabulary.ts'

/**
 * The funnel's rules. The cohort is the orders placed within a range; each of them counts for every step up to the
 * farthest that it ever reached, also where it failed, was cancelled or was not settled later: upstreams skip words, and
 * a card cannot be activated that was never sent. What says that a step was reached:
 *
 * - approved: production has left review (待开卡, 开卡中, 待发货 and the like; 开卡失败 too, which comes after review);
 * - shipped: the stage or production, a shipping time; a settlement that failed (there was something to settle);
 * - activated: the stage, production or activation, an activation time; a number that was stopped (停机, 销户) on the
 *   activation axis;
 * - recharged: the stage, production, activation or recharge, a recharge time;
 * - settled: the stage, production or settlement, a settlement time unless the settlement is said to have failed.
 *
 * The order as it is and every entry of its history are asked, so a step once seen stays.
 */

/** What an order says at one moment: as it is stored, or one entry of its history. */
export interface Moment {
  stage: Stage
  axes: Readonly<Partial<Record<Axis, AxisValue | null>>>
  fields?: OrderFields
}

/** How status values are read: whose codes they are, and what the merchant says of some. */
export interface Codes {
  profile: CodeProfile
  corrections?: StatusCorrections | null | undefined
}

/** The number of a step: its place among funnelSteps. */
export function stepNumber(step: FunnelStep): number {
  return funnelSteps.indexOf(step)
}

/** The farthest step that a moment gives away, as its number; 0: it was placed. */
export function farthestStep({ stage, axes: said, fields = {} }: Moment, { profile, corrections }: Codes): number {
  const meanings = axes.map((axis) => meaningOf(axis, said[axis] ?? null, profile, corrections ?? null))
  const means = (meaning: Meaning): boolean => stage === meaning || meanings.includes(meaning)
  const settlementFailed = means('settlementFailed')
  if (means('settled') || (given(fields.settledAt) && !settlementFailed)) return stepNumber('settled')
  if (means('recharged') || given(fields.rechargedAt)) return stepNumber('recharged')
  const stopped = meanings[axes.indexOf('activation')] === 'gone'
  if (means('activated') || stopped || given(fields.activatedAt)) return stepNumber('activated')
  if (means('shipped') || settlementFailed || given(fields.shippedAt)) return stepNumber('shipped')
  return hasPassedReview(said.production ?? null, profile) ? stepNumber('approved') : 0
}

/** The farthest step after something new was said; null where what was before is still to be found out. */
export function stepAfter(before: number | null, moments: readonly Moment[], codes: Codes): number | null {
  return before === null ? null : Math.max(before, ...moments.map((moment) => farthestStep(moment, codes)))
}

/** How what a reply says of an order is read. */
export function codesOf({
  profile,
  corrections,
}: {
  profile?: CodeProfile
  corrections?: Codes['corrections']
}): Codes {
  return { profile: profile ?? 'unknown', corrections: corrections ?? null }
}

const beforeApproval = /审核(?!通过)|待审|未审|资料|证件|照|身份|上传|欠费|付|受理|提交|进单|下单/
const afterApproval = /审核通过|已审核|开卡|制卡|写卡|生产|领取|开户|发货|配货|备货|待配|出库|approved/

/** True where production speaks of what comes after review. */
function hasPassedReview(production: AxisValue | null, profile: CodeProfile): boolean {
  if (production === null) return false
  const { word, code } = production
  const said = word ?? (code === null ? null : (codeEntry('production', code, profile)?.word ?? null))
  if (said === null) return false
  const text = plainWord(said)
  return /审核通过|已审核/.test(text) || (afterApproval.test(text) && !beforeApproval.test(text))
}

function given(time: string | undefined): boolean {
  return time !== undefined && time !== ''
}

/** One entry of an order's history, as far as the funnel asks it. */
export interface HistoryEntry {
  axis: Axis
  to: AxisValue
  /** Epoch ms. */
  seenAt: number
  /** Beijing. */
  upstreamAt: string | null
}

/** The step that one axis gives away by its own words alone: an entry's stage also tells of what came before it. */
export type StepOf = (axis: Axis, to: AxisValue) => number

/** Reads each value once, however often it comes. */
export function stepReader(codes: Codes): StepOf {
  const known = new Map<string, number>()
  return (axis, to) => {
    const key = `${axis}\0${to.word ?? ''}\0${to.code ?? ''}`
    const step = known.get(key) ?? farthestStep({ stage: 'unknown', axes: { [axis]: to } }, codes)
    known.set(key, step)
    return step
  }
}

export interface TimedOrder {
  fields: OrderFields
  /** Epoch ms. */
  firstSeenAt: number
  /** Oldest first. */
  history: readonly HistoryEntry[]
}

const fieldOfStep: Partial<Record<FunnelStep, keyof OrderFields>> = {
  placed: 'createdAt',
  shipped: 'shippedAt',
  activated: 'activatedAt',
  recharged: 'rechargedAt',
  settled: 'settledAt',
}

/**
 * When an order reached each step, in epoch ms by the step's number; null: not known. The field's own time comes first,
 * then the first entry of the history that says so: the upstream's time of it, else when it was seen. What the first
 * pull of an order found had happened at some time before, so it tells no time.
 */
export function stepTimes(order: TimedOrder, stepOf: StepOf): (number | null)[] {
  const said = order.history.map(({ axis, to }) => stepOf(axis, to))
  return funnelSteps.map((step, number) => {
    const field = fieldOfStep[step]
    const own = field === undefined ? undefined : order.fields[field]
    if (own !== undefined && isBeijing(own)) return fromBeijing(own)
    if (number === 0) return null
    const entry = order.history[said.indexOf(number)]
    return entry === undefined || entry.seenAt <= order.firstSeenAt ? null : timeOf(entry)
  })
}

function timeOf({ upstreamAt, seenAt }: HistoryEntry): number {
  return upstreamAt !== null && isBeijing(upstreamAt) ? fromBeijing(upstreamAt) : seenAt
}

/** The middle of some durations; of an even count the lower one. null of none. */
export function median(values: readonly number[]): number | null {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? null
}

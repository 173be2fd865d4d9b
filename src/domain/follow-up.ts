import { beijingDay, dayMs, fromBeijing, hourMs, secondMs } from './beijing-time.ts'
import { firstWindowMs, rangeOf, type Range } from './ranges.ts'
import type { RangeMeaning } from './range-meaning.ts'

/** Up to this age an order that is not final is looked at daily, then weekly; after that no more. */
export const dailyUntilMs = 30 * dayMs
export const weeklyUntilMs = 120 * dayMs
/** A little less than a day and a week, so that rounds keep their hour instead of slipping later each time. */
const dailyEveryMs = dayMs - 2 * hourMs
const weeklyEveryMs = 7 * dayMs - 2 * hourMs
/** What is due within that time is asked in one round, over all order types. */
export const togetherMs = hourMs
/** The default call looks back 7 days: an order without a creation time was created at most that long before it was seen. */
const seenAfterMs = 7 * dayMs
/** The follow-up takes at most this part of a day's calls, and never more than half of what is left of them. */
export const quotaShare = 0.1

/** Orders that are not final, by the Beijing day they were created on. */
export interface FollowedDay {
  /** `YYYY-MM-DD` */
  day: string
  /** The upstream gave no creation time: `day` is when the orders were first seen. */
  firstSeen: boolean
  orders: number
}

/** A window of which the whole was read, and when (epoch ms). */
export interface ReadWindow extends Range {
  at: number
}

export interface FollowUpFacts {
  days: readonly FollowedDay[]
  reads: readonly ReadWindow[]
  meaning: RangeMeaning
  /** Epoch ms by the corrected clock. */
  now: number
}

/** What one round asks of one order type. */
export interface FollowUpRound {
  /** Youngest first: those orders change most. */
  windows: Range[]
  /** Calls, where every reply is quick and small. */
  calls: number
  orders: number
}

export interface FollowUpPlan {
  /** Orders followed daily and weekly by now. */
  daily: number
  weekly: number
  /** What the next round asks. */
  next: FollowUpRound
  /** When it is due, epoch ms; now where it is overdue; null: nothing is followed. */
  nextAt: number | null
  /** All that is followed, due or not. */
  whole: FollowUpRound
}

interface Stretch {
  fromMs: number
  toMs: number
}

interface Span extends Stretch {
  orders: number
  dueAt: number
  weekly: boolean
}

/**
 * Which orders are followed, and what that asks. Where `start` and `end` mean creation (or nobody knows yet), the days
 * on which they were created, each when it was last read long enough ago; where they mean update, everything updated
 * since it was last read, because that brings the changes of orders of any age.
 */
export function planFollowUp(facts: FollowUpFacts): FollowUpPlan {
  const { now } = facts
  const spans = facts.meaning === 'updated' ? updateSpans(facts) : creationSpans(facts)
  const followed = followedDays(facts)
  const nextAt = spans.length === 0 ? null : Math.max(now, Math.min(...spans.map((span) => span.dueAt)))
  const next = spans.filter((span) => span.dueAt <= (nextAt ?? now) + togetherMs)
  return {
    daily: countOrders(followed.filter((span) => !span.weekly)),
    weekly: countOrders(followed.filter((span) => span.weekly)),
    next: roundOf(next, now),
    nextAt,
    whole: roundOf(spans, now),
  }
}

/**
 * The calls a round may cost: a share of the day's limit less what follow-up has used of it, at most half of what is
 * left.
 */
export function followUpBudget(quota: { limit: number; used: number; usedByFollowUp: number }): number {
  const share = Math.floor(quota.limit * quotaShare) - quota.usedByFollowUp
  return Math.max(0, Math.min(share, Math.floor((quota.limit - quota.used) / 2)))
}

/** As many of a round's windows, youngest first, as the calls allow. */
export function withinBudget({ windows }: FollowUpRound, calls: number): { windows: Range[]; calls: number } {
  const taken: Range[] = []
  let cost = 0
  for (const window of windows) {
    const more = callsOf(fromBeijing(window.to) - fromBeijing(window.from))
    if (cost + more > calls) break
    taken.push(window)
    cost += more
  }
  return { windows: taken, calls: cost }
}

/** Calls of a range read in windows that start at 31 days and double, as long as replies stay quick and small. */
export function callsOf(spanMs: number): number {
  let calls = 1
  let windowMs = firstWindowMs
  for (let restMs = spanMs - windowMs; restMs > 0; restMs -= windowMs) {
    windowMs *= 2
    calls += 1
  }
  return calls
}

function creationSpans(facts: FollowUpFacts): Span[] {
  return followedDays(facts).map((span) => Object.assign(span, { dueAt: dueAt(span, facts) }))
}

function followedDays({ days, now }: FollowUpFacts): Span[] {
  return days.flatMap(({ day, firstSeen, orders }) => {
    const dayStartMs = fromBeijing(`${day} 00:00:00`)
    const fromMs = firstSeen ? dayStartMs - seenAfterMs : dayStartMs
    const ageMs = now - fromMs
    if (ageMs < 0 || ageMs > weeklyUntilMs + dayMs) return []
    const weekly = ageMs > dailyUntilMs
    return [{ fromMs, toMs: Math.min(dayStartMs + dayMs - secondMs, now), orders, dueAt: now, weekly }]
  })
}

/** One window from the first moment whose updates were not read yet, a day back for safety, to now. */
function updateSpans(facts: FollowUpFacts): Span[] {
  const followed = followedDays(facts)
  if (followed.length === 0) return []
  const { now } = facts
  const oldestMs = Math.min(...followed.map(({ fromMs }) => fromMs))
  const reads = datedReads(facts).map(({ fromMs, toMs, at }) => ({ fromMs, toMs: Math.min(toMs, at) }))
  const unread = subtract([{ fromMs: oldestMs, toMs: now }], reads)
  const untilMs = unread[0]?.fromMs ?? now
  const fromMs = Math.max(oldestMs, untilMs - dayMs)
  return [{ fromMs, toMs: now, orders: countOrders(followed), dueAt: untilMs + dailyEveryMs, weekly: false }]
}

/** When the days of a span are to be read again: after the oldest of the reads that together covered them last. */
function dueAt(span: Span, facts: FollowUpFacts): number {
  let left: Stretch[] = [span]
  for (const read of datedReads(facts)) {
    // One that reached its own present: what was created after it is no older than it is.
    const toMs = read.toMs >= read.at - hourMs ? Infinity : read.toMs
    left = subtract(left, [{ ...read, toMs }])
    if (left.length === 0) return read.at + (span.weekly ? weeklyEveryMs : dailyEveryMs)
  }
  return facts.now
}

/** Latest first. One from ahead of now was dated by a clock that has been set right since: it tells nothing. */
function datedReads({ reads, now }: FollowUpFacts): (Stretch & { at: number })[] {
  return reads
    .filter(({ at }) => at <= now + hourMs)
    .map(({ from, to, at }) => ({ fromMs: fromBeijing(from), toMs: fromBeijing(to), at }))
    .toSorted((a, b) => b.at - a.at)
}

/** What is left of some stretches, oldest first where they were. */
function subtract(stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  let left = [...stretches]
  for (const { fromMs, toMs } of taken)
    left = left.flatMap((part) => [
      ...(part.fromMs < fromMs ? [{ fromMs: part.fromMs, toMs: Math.min(part.toMs, fromMs - secondMs) }] : []),
      ...(part.toMs > toMs ? [{ fromMs: Math.max(part.fromMs, toMs + secondMs), toMs: part.toMs }] : []),
    ])
  return left
}

/**
 * The spans in as few calls as possible: neighbours are joined over the days between wherever that costs no more calls
 * than asking them apart, and of plans that cost the same the one that asks for the fewest days is taken.
 */
function roundOf(spans: readonly Span[], now: number): FollowUpRound {
  const windows = fewestCalls(mergeTouching(spans)).map(({ fromMs, toMs }) => rangeOf(fromMs, Math.min(toMs, now)))
  return {
    windows: windows.toReversed(),
    calls: windows.reduce((sum, { from, to }) => sum + callsOf(fromBeijing(to) - fromBeijing(from)), 0),
    orders: countOrders(spans),
  }
}

function mergeTouching(spans: readonly Span[]): Stretch[] {
  const merged: Stretch[] = []
  for (const { fromMs, toMs } of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = merged.at(-1)
    if (last !== undefined && fromMs <= last.toMs + secondMs) last.toMs = Math.max(last.toMs, toMs)
    else merged.push({ fromMs, toMs })
  }
  return merged
}

/** The best way to join the first n stretches, for every n in turn. */
function fewestCalls(stretches: readonly Stretch[]): Stretch[] {
  const best: { calls: number; spanMs: number; joined: Stretch[] }[] = [{ calls: 0, spanMs: 0, joined: [] }]
  for (const [end, last] of stretches.entries()) {
    const ways = stretches.slice(0, end + 1).map((first, start) => {
      const before = best[start] ?? { calls: 0, spanMs: 0, joined: [] }
      const joint = { fromMs: first.fromMs, toMs: last.toMs }
      const spanMs = joint.toMs - joint.fromMs
      const calls = before.calls + callsOf(spanMs)
      return { calls, spanMs: before.spanMs + spanMs, joined: [...before.joined, joint] }
    })
    best.push(ways.reduce((a, b) => (b.calls < a.calls || (b.calls === a.calls && b.spanMs < a.spanMs) ? b : a)))
  }
  return best.at(-1)?.joined ?? []
}

function countOrders(spans: readonly { orders: number }[]): number {
  return spans.reduce((sum, { orders }) => sum + orders, 0)
}

/** The Beijing day from which orders can still be followed. */
export function followedSince(now: number): string {
  return beijingDay(now - weeklyUntilMs - dayMs)
}

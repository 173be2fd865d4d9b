import { dayMs, fromBeijing, hourMs, secondMs, toBeijing } from './beijing-time.ts'

/** A span of the upstream's `start` and `end`: Beijing time, to the second, both ends included. */
export interface Range {
  from: string
  to: string
}

/** A range is first asked in windows of this size; ten years then take a few calls, because windows double. */
export const firstWindowMs = 31 * dayMs
/** Windows are never halved below this. */
export const smallestWindowMs = hourMs
/** A window doubles only while a reply stays under both. */
export const quickReplyMs = 10_000
export const smallReplyBytes = 20 * 1_048_576

/** Both moments in epoch ms, cut to the second. Throws RangeError where `toMs` is before `fromMs`. */
export function rangeOf(fromMs: number, toMs: number): Range {
  if (toMs < fromMs) throw new RangeError('a range that ends before it begins')
  return { from: toBeijing(fromMs), to: toBeijing(toMs) }
}

/** The last `days` days up to now. */
export function lastDays(days: number, nowMs: number): Range {
  return rangeOf(nowMs - days * dayMs, nowMs)
}

/** From the first to the last second; 0 for a range of one second. */
export function rangeSpanMs(range: Range): number {
  return fromBeijing(range.to) - fromBeijing(range.from)
}

/** The range without what lies more than a day ahead; null where nothing is left, or the range is the wrong way round. */
export function cutRange(range: Range, nowMs: number): Range | null {
  const fromMs = fromBeijing(range.from)
  const toMs = Math.min(fromBeijing(range.to), nowMs + dayMs)
  return toMs < fromMs ? null : rangeOf(fromMs, toMs)
}

/** The first window of what is still to be read, and the rest. */
export interface WindowCut {
  window: Range
  /** null: the window is the last. */
  rest: Range | null
}

/**
 * Cuts the next window off. The rest begins with the second in which the window ends: that second is asked twice and
 * duplicates fold, so that an upstream which leaves one end out loses nothing.
 */
export function nextWindow(remaining: Range, windowMs: number): WindowCut {
  const fromMs = fromBeijing(remaining.from)
  const toMs = fromBeijing(remaining.to)
  const endMs = fromMs + wholeSeconds(windowMs)
  if (endMs >= toMs) return { window: remaining, rest: null }
  return { window: rangeOf(fromMs, endMs), rest: rangeOf(endMs, toMs) }
}

/** All windows of one size, oldest first; neighbours share one second. */
export function splitRange(range: Range, windowMs: number): Range[] {
  const windows: Range[] = []
  let rest: Range | null = range
  while (rest !== null) {
    const cut: WindowCut = nextWindow(rest, windowMs)
    windows.push(cut.window)
    rest = cut.rest
  }
  return windows
}

/**
 * Two parts that share one second, the first no shorter than `smallestMs`; null: that or less is not halved. An hour
 * where the upstream fails; down to a second where a reply was capped, because only a smaller window can hold it all.
 */
export function halve(range: Range, smallestMs: number = smallestWindowMs): [Range, Range] | null {
  const spanMs = rangeSpanMs(range)
  if (spanMs <= smallestMs) return null
  const { window, rest } = nextWindow(range, Math.max(spanMs / 2, smallestMs))
  return rest === null ? null : [window, rest]
}

/**
 * What is left of a range once `read` was read: none, one or two parts. A part begins or ends with the second in which
 * `read` ends or begins, as neighbouring windows do, so that an upstream which leaves one end out loses nothing.
 */
export function withoutRange(range: Range, read: Range): Range[] {
  if (read.to < range.from || read.from > range.to) return [range]
  const before = { from: range.from, to: read.from }
  const after = { from: read.to, to: range.to }
  return [before, after].filter(({ from, to }) => from < to)
}

/** No moment but one shared second lies in both. */
export function areApart(a: Range, b: Range): boolean {
  return a.to <= b.from || b.to <= a.from
}

/** The size of the next window after a reply that took so long and was so large: doubled while replies stay small. */
export function grownWindowMs(windowMs: number, reply: { tookMs: number; bytes: number }): number {
  return reply.tookMs < quickReplyMs && reply.bytes < smallReplyBytes ? windowMs * 2 : windowMs
}

function wholeSeconds(windowMs: number): number {
  return Math.max(Math.ceil(windowMs / secondMs), 1) * secondMs
}

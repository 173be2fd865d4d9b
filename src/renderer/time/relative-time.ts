import { dayMs, hourMs } from '#domain/beijing-time.ts'

const minuteMs = 60_000

/** A span as one number and a unit, rounded down: what a person would say. */
export interface Span {
  unit: 'seconds' | 'minutes' | 'hours' | 'days'
  count: number
}

/** Negative spans count as zero. */
export function spanOf(ms: number): Span {
  if (ms >= dayMs) return { unit: 'days', count: Math.floor(ms / dayMs) }
  if (ms >= hourMs) return { unit: 'hours', count: Math.floor(ms / hourMs) }
  if (ms >= minuteMs) return { unit: 'minutes', count: Math.floor(ms / minuteMs) }
  return { unit: 'seconds', count: Math.max(0, Math.floor(ms / 1_000)) }
}

/** A span in its two largest units, the smaller one left out where it is none: 3 days 4 hours, 4 hours, 50 seconds. */
export function spansOf(ms: number): Span[] {
  const large = spanOf(ms)
  if (large.unit === 'seconds' || large.unit === 'minutes') return [large]
  const rest = spanOf(ms - large.count * (large.unit === 'days' ? dayMs : hourMs))
  const next = large.unit === 'days' ? 'hours' : 'minutes'
  return rest.unit === next && rest.count > 0 ? [large, rest] : [large]
}

/** Whether what is planned for a moment is to happen now: it has come, or comes within a minute. */
export function isDue(epochMs: number, nowMs: number): boolean {
  return epochMs - nowMs < minuteMs
}

/** How a moment is said: relative within a day, else by its date. A moment ahead of the clock by up to a minute is "just now". */
export type Moment = { kind: 'justNow' } | { kind: 'ago'; span: Span } | { kind: 'date' }

export function momentOf(epochMs: number, nowMs: number): Moment {
  const age = nowMs - epochMs
  if (age < -minuteMs || age >= dayMs) return { kind: 'date' }
  if (age < minuteMs) return { kind: 'justNow' }
  return { kind: 'ago', span: spanOf(age) }
}

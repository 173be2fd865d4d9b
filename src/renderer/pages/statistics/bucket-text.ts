import { dayMs } from '#domain/beijing-time.ts'
import type { DayRange, Statistics } from '#shared/contract/statistics.ts'

/** How a bar's days are written under it: 11-24, from–to of a week, 2026-11 of a month. */
export function bucketText({ from, to }: DayRange, unit: Statistics['unit']): string {
  if (unit === 'month') return from.slice(0, 7)
  return from === to ? from.slice(5) : `${from.slice(5)}–${to.slice(5)}`
}

/** The same in full, for tables. */
export function daysText({ from, to }: DayRange): string {
  return from === to ? from : `${from} – ${to}`
}

/** How many days there are from one to another, both counted; at least one. */
export function daysFrom(from: string, to: string): number {
  return Math.max(1, Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1)
}

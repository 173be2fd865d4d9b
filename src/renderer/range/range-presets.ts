import { beijingDay, dayMs, fromBeijing } from '#domain/beijing-time.ts'
import type { Range } from '#shared/contract/common.ts'

export const rangePresets = ['all', 'today', 'days7', 'days30', 'month', 'custom'] as const
export type RangePreset = (typeof rangePresets)[number]

/** A preset stays a preset: "today" is read again each time, so that it moves on at Beijing midnight. */
export type RangeChoice =
  | { preset: Exclude<RangePreset, 'custom'> }
  | { preset: 'custom'; from: string | null; to: string | null }

/** Bounds in Beijing time, both ends included; null: no restriction. An open end is null on its own. */
export function rangeOf(choice: RangeChoice, nowMs: number): { from: string | null; to: string | null } | null {
  switch (choice.preset) {
    case 'all':
      return null
    case 'custom':
      return { from: choice.from, to: choice.to }
    case 'today':
      return days(nowMs, nowMs)
    case 'days7':
      return days(nowMs - 6 * dayMs, nowMs)
    case 'days30':
      return days(nowMs - 29 * dayMs, nowMs)
    case 'month':
      return { from: `${beijingDay(nowMs).slice(0, 7)}-01 00:00:00`, to: endOf(nowMs) }
  }
}

/** For a sync, which needs both ends: an open start is the first day the upstream could know, an open end is now. */
export function closedRange(choice: RangeChoice, nowMs: number): Range | null {
  const range = rangeOf(choice, nowMs)
  if (range === null || (range.from === null && range.to === null)) return null
  return { from: range.from ?? '2015-01-01 00:00:00', to: range.to ?? endOf(nowMs) }
}

/** The custom range that shows what a preset means now, as the start of an own choice. */
export function asCustom(choice: RangeChoice, nowMs: number): RangeChoice {
  const range = rangeOf(choice, nowMs) ?? { from: `${beijingDay(nowMs)} 00:00:00`, to: endOf(nowMs) }
  return { preset: 'custom', ...range }
}

/** True where both ends are given and stand the wrong way round. */
export function isBackward(choice: RangeChoice): boolean {
  return (
    choice.preset === 'custom' &&
    choice.from !== null &&
    choice.to !== null &&
    fromBeijing(choice.from) > fromBeijing(choice.to)
  )
}

function days(fromMs: number, toMs: number): { from: string; to: string } {
  return { from: `${beijingDay(fromMs)} 00:00:00`, to: endOf(toMs) }
}

function endOf(nowMs: number): string {
  return `${beijingDay(nowMs)} 23:59:59`
}

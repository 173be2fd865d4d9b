import type { FunnelStep } from '#domain/vocabulary.ts'
import { dayMs, hourMs } from '#domain/beijing-time.ts'
import type { Totals } from '#shared/contract/statistics.ts'

/** A share of a whole as per cent; '–' of nothing. */
export function rateText(part: number, whole: number): string {
  if (whole === 0) return '–'
  const rate = (part / whole) * 100
  return `${rate >= 10 || rate === 0 ? Math.round(rate) : rate.toFixed(1)}%`
}

/** Yuan, with the cents only where there are any. */
export function yuanText(cents: number): string {
  const digits = cents % 100 === 0 ? 0 : 2
  const yuan = (cents / 100).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: 2 })
  return `¥${yuan}`
}

/** Yuan for a glance: whole from a thousand on. */
export function roundYuanText(cents: number): string {
  return yuanText(Math.abs(cents) >= 100_000 ? Math.round(cents / 100) * 100 : cents)
}

/** A span in the one unit that says it shortest: minutes up to two hours, hours up to three days, then days. */
export function spanOf(ms: number): { unit: 'minutes' | 'hours' | 'days'; count: number } {
  if (ms < 2 * hourMs) return { unit: 'minutes', count: Math.round(ms / 60_000) }
  if (ms < 3 * dayMs) return { unit: 'hours', count: Math.round(ms / hourMs) }
  return { unit: 'days', count: Math.round(ms / dayMs) }
}

export interface Change {
  direction: 'up' | 'down' | 'same'
  /** In per cent; null: there was nothing before. */
  percent: number | null
}

/** A figure against the period before. */
export function changeOf(now: number, before: number): Change {
  const direction = now > before ? 'up' : now < before ? 'down' : 'same'
  return { direction, percent: before === 0 ? null : Math.round((Math.abs(now - before) / before) * 100) }
}

export const kpis = ['placed', 'activated', 'recharged', 'settled', 'failed', 'expected', 'paid'] as const
export type Kpi = (typeof kpis)[number]

/** What a main figure is: orders or cents. */
export function valueOf(kpi: Kpi, totals: Totals): { value: number; orders: number; money: boolean } {
  if (kpi === 'expected' || kpi === 'paid') {
    const { cents, orders } = kpi === 'expected' ? totals.expected : totals.settled
    return { value: cents, orders, money: true }
  }
  const value = kpi === 'failed' ? totals.failed : totals.steps[kpi satisfies FunnelStep]
  return { value, orders: value, money: false }
}

/** A reason without what every one of its kind begins with: 无法结算原因：欠费 is 欠费. */
export function shortReason(reason: string): string {
  return reason.replace(/^[^:：]{0,12}原因\s*[:：]\s*/, '') || reason
}

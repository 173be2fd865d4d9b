import type { Statistics, StatisticsQuery } from '#shared/contract/statistics.ts'

/** What the page shows instead of, or with, the figures. */
export type ShownAs = 'loading' | 'failed' | 'first' | 'empty' | 'figures'

/** `query`: what the figures are of. While days are still being counted, none does not mean that there are none. */
export function shownAs(statistics: Statistics | null, error: unknown, query: StatisticsQuery | null): ShownAs {
  if (error !== null) return 'failed'
  if (statistics === null || query === null) return 'loading'
  if (statistics.totals.steps.placed > 0) return 'figures'
  if (statistics.pendingDays > 0) return 'loading'
  return query.from === null && query.to === null && query.type === null ? 'first' : 'empty'
}

import { defineStore } from 'pinia'
import type { OrderType } from '#domain/vocabulary.ts'
import type { StatisticsQuery } from '#shared/contract/statistics.ts'
import { rangeOf, type RangeChoice } from '../range/range-presets.ts'

/** What the statistics page shows: kept while other pages are open. View state only. */
export const useStatisticsView = defineStore('statisticsView', {
  state: () => ({
    /** null: both. */
    type: null as OrderType | null,
    range: { preset: 'days30' } as RangeChoice,
    compare: true,
  }),
  actions: {
    /** Whole Beijing days: a day that the range only touches counts whole. `nowMs`: the corrected clock. */
    query(accountId: string, nowMs: number): StatisticsQuery {
      const range = rangeOf(this.range, nowMs)
      return {
        accountId,
        type: this.type,
        from: range?.from?.slice(0, 10) ?? null,
        to: range?.to?.slice(0, 10) ?? null,
      }
    },
  },
})

import { defineStore } from 'pinia'
import type { OrderType, Stage } from '#domain/vocabulary.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import type { OrderFilter, OrderSort } from '#shared/contract/orders.ts'
import { rangeOf, type RangeChoice } from '../range/range-presets.ts'

/** Reveal-all ends by itself: merchants leave the window open all day. */
export const revealAllMs = 10 * 60_000

/** What the orders page shows: kept while other pages are open. View state only. */
export const useOrdersView = defineStore('ordersView', {
  state: () => ({
    type: 'own' as OrderType,
    stages: [] as Stage[],
    range: { preset: 'all' } as RangeChoice,
    search: '',
    sort: { column: 'createdAt', descending: true } as OrderSort,
    /** What the filter shows; null until it is known for this filter. */
    total: null as number | null,
    selected: 0,
    /** Epoch ms until which everything is shown unmasked; 0: masked. */
    revealedUntil: 0,
  }),
  getters: {
    /** Any restriction beside the tab. */
    restricted: (state) => state.stages.length > 0 || state.search.trim() !== '' || state.range.preset !== 'all',
  },
  actions: {
    /** `nowMs`: the corrected clock, because "today" moves on. */
    filter(accountId: string, nowMs: number): OrderFilter {
      const range = rangeOf(this.range, nowMs)
      return {
        ...allOrders(accountId),
        type: this.type,
        stages: [...this.stages],
        from: range?.from ?? null,
        to: range?.to ?? null,
        search: this.search.trim(),
      }
    },
    toggleStage(stage: Stage) {
      this.stages = this.stages.includes(stage)
        ? this.stages.filter((other) => other !== stage)
        : [...this.stages, stage]
    },
    clearRestrictions() {
      this.stages = []
      this.search = ''
      this.range = { preset: 'all' }
    },
    toggleRevealAll(nowMs: number) {
      this.revealedUntil = this.revealedUntil > nowMs ? 0 : nowMs + revealAllMs
    },
  },
})

import { defineStore } from 'pinia'
import type { Stage } from '#domain/vocabulary.ts'
import { beijingDay } from '#domain/beijing-time.ts'
import type { OrderFilter, OrderSort, TodoRuleName } from '#shared/contract/orders.ts'
import { defaultPlaces, type ColumnPlaces } from '../pages/orders/columns/column-places.ts'
import { everyOrder, filterAt, restrictionsOf, type ShownFilter } from '../pages/orders/filters/shown-filter.ts'
import { asOnly, isEmpty, nothingSelected, type RowSelection } from '../pages/orders/selection/row-selection.ts'
import { leads, withoutLead } from '../pages/orders/views/lead-columns.ts'
import type { ViewShape } from '../pages/orders/views/view-shape.ts'

/** Reveal-all ends by itself: merchants leave the window open all day. */
export const revealAllMs = 10 * 60_000

/** The view that is open: a built-in one by its rule, or a saved one by its id. */
export type OpenedView = { kind: 'builtIn'; rule: TodoRuleName } | { kind: 'saved'; id: number }

export const defaultSort: OrderSort = { column: 'createdAt', descending: true }

/** What the orders page shows: kept while other pages are open. View state only. */
export const useOrdersView = defineStore('ordersView', {
  state: () => ({
    ...everyOrder('own'),
    sort: { ...defaultSort },
    places: defaultPlaces() as ColumnPlaces,
    /** The columns of this installation: what stands where no saved view brings its own. */
    ownPlaces: defaultPlaces() as ColumnPlaces,
    opened: null as OpenedView | null,
    selection: nothingSelected as RowSelection,
    /** Epoch ms until which everything is shown unmasked; 0: masked. */
    revealedUntil: 0,
  }),
  getters: {
    shown: ({ type, stages, range, search, status, conditions, tags, flags, todo, figure }): ShownFilter => ({
      type,
      stages,
      range,
      search,
      status,
      conditions,
      tags,
      flags,
      todo,
      figure,
    }),
    shape(): ViewShape {
      return { shown: this.shown, sort: this.sort, places: this.places }
    },
    /** Any restriction beside the tab. */
    restricted(): boolean {
      return restrictionsOf(this.shown).length > 0
    },
  },
  actions: {
    /** `nowMs`: the corrected clock, because "today" moves on. */
    filter(accountId: string, nowMs: number): OrderFilter {
      return filterAt(structuredCopy(this.shown), accountId, nowMs, beijingDay(nowMs))
    },
    /** The filter with the selection as its `only`; null where nothing is selected. */
    selectedFilter(accountId: string, nowMs: number): OrderFilter | null {
      if (isEmpty(this.selection)) return null
      return { ...this.filter(accountId, nowMs), only: asOnly(this.selection) }
    },
    /** Shows this and nothing else: what is left out of `shown` does not restrict. A view's sort goes with the view. */
    show(shown: Partial<ShownFilter>) {
      const sort = this.opened === null ? this.sort : { ...defaultSort }
      this.open({ shown: { ...everyOrder(this.type), ...shown }, sort, places: this.ownPlaces }, null)
    },
    open({ shown, sort, places }: ViewShape, opened: OpenedView | null) {
      this.$patch((state) => Object.assign(state, shown, { sort, places, opened, selection: nothingSelected }))
    },
    /** A saved view's columns are its own until they are saved; anywhere else they are the installation's. */
    setPlaces(places: ColumnPlaces) {
      this.places = places
      if (this.opened === null) this.ownPlaces = places
      else if (this.opened.kind === 'builtIn')
        this.ownPlaces = withoutLead(places, this.ownPlaces, leads[this.opened.rule].columns)
    },
    toggleStage(stage: Stage) {
      this.stages = this.stages.includes(stage)
        ? this.stages.filter((other) => other !== stage)
        : [...this.stages, stage]
    },
    clearRestrictions() {
      this.show({ type: this.type ?? 'own' })
    },
    toggleRevealAll(nowMs: number) {
      this.revealedUntil = this.revealedUntil > nowMs ? 0 : nowMs + revealAllMs
    },
  },
})

/** What crosses to main must be plain: structured clones refuse reactive proxies. */
function structuredCopy(shown: ShownFilter): ShownFilter {
  return JSON.parse(JSON.stringify(shown)) as ShownFilter
}

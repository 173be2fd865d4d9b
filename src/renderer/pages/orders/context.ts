import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import type { OrderColumn } from '#domain/vocabulary.ts'
import type { OrderCounts, OrderFilter, OrderSort } from '#shared/contract/orders.ts'
import type { AppContext } from '../../app/app-context.ts'
import type { Resource } from '../../api/use-resource.ts'
import { useOrdersView } from '../../stores/orders-view.ts'
import { useNow } from '../../time/use-now.ts'
import { shownColumns } from './columns/column-places.ts'
import { useOrderCounts } from './data/use-order-counts.ts'
import { asOnly, isEmpty, selectedCount } from './selection/row-selection.ts'
import { useKeptView } from './views/use-kept-view.ts'
import { useViewDesk, type ViewDesk } from './views/use-view-desk.ts'

/** What an export, a mark or a copy can be about: everything shown, or the part of it that is selected. */
export interface OrdersScope {
  readonly filter: OrderFilter
  readonly sort: OrderSort
  /** The grid's columns as they stand on screen. */
  readonly columns: OrderColumn[]
  /** null until it is counted. */
  readonly total: number | null
  /** null: nothing is selected. `count` null: not known yet. */
  readonly selected: { readonly filter: OrderFilter; readonly count: number | null } | null
}

/** What the orders page, the side bar and the status bar share: the filter in force and its numbers. */
export interface OrdersContext {
  readonly filter: ComputedRef<OrderFilter | null>
  readonly counts: Resource<OrderCounts>
  /** null: there is no account. */
  readonly scope: ComputedRef<OrdersScope | null>
  readonly views: ViewDesk
  /** The PC's clock corrected by the server's, epoch ms. */
  readonly nowMs: ComputedRef<number>
  /** The PC's own clock, epoch ms. */
  readonly pcNowMs: Ref<number>
  /** Everything is shown unmasked. */
  readonly reveal: ComputedRef<boolean>
}

export const ordersContextKey: InjectionKey<OrdersContext> = Symbol('orders')

export function createOrdersContext(app: AppContext): OrdersContext {
  const view = useOrdersView()
  const pcNowMs = useNow()
  const account = app.accounts.selected
  const nowMs = computed(() => {
    const skew = account.value === null ? null : app.sync.states.get(account.value.id)?.clockSkewMs
    return pcNowMs.value + (skew ?? 0)
  })
  const filter = computed(() => (account.value === null ? null : view.filter(account.value.id, nowMs.value)))
  const counts = useOrderCounts(app.api, filter)
  const accountId = computed(() => account.value?.id ?? null)
  useKeptView(app.settings)

  return {
    filter,
    nowMs,
    pcNowMs,
    counts,
    scope: computed(() => scopeOf(view, filter.value, counts.value.value?.total ?? null)),
    views: useViewDesk(app.api, accountId, () => nowMs.value),
    reveal: computed(() => view.revealedUntil > pcNowMs.value),
  }
}

function scopeOf(
  view: ReturnType<typeof useOrdersView>,
  filter: OrderFilter | null,
  total: number | null,
): OrdersScope | null {
  if (filter === null) return null
  const { selection, sort, places } = view
  const selected = { filter: { ...filter, only: asOnly(selection) }, count: selectedCount(selection, total) }
  const columns = shownColumns(places)
  return { filter, sort: { ...sort }, columns, total, selected: isEmpty(selection) ? null : selected }
}

export function useOrdersContext(): OrdersContext {
  const context = inject(ordersContextKey)
  if (context === undefined) throw new Error('no orders context was provided')
  return context
}

import { computed, inject, type ComputedRef, type InjectionKey, type Ref } from 'vue'
import { defaultExportColumns } from '#domain/vocabulary.ts'
import type { OrderCounts, OrderFilter } from '#shared/contract/orders.ts'
import type { AppContext } from '../../app/app-context.ts'
import type { Resource } from '../../api/use-resource.ts'
import { useOrdersView } from '../../stores/orders-view.ts'
import { useNow } from '../../time/use-now.ts'
import { useOrderCounts } from './data/use-order-counts.ts'

/** What the orders page and the status bar share: the filter in force and its numbers. */
export interface OrdersContext {
  readonly filter: ComputedRef<OrderFilter | null>
  readonly counts: Resource<OrderCounts>
  /** The PC's clock corrected by the server's, epoch ms. */
  readonly nowMs: ComputedRef<number>
  /** The PC's own clock, epoch ms. */
  readonly pcNowMs: Ref<number>
  /** Everything is shown unmasked. */
  readonly reveal: ComputedRef<boolean>
  /** Exports what the filter shows, columns as chosen in Settings. */
  exportShown(): Promise<void>
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

  return {
    filter,
    nowMs,
    pcNowMs,
    counts: useOrderCounts(app.api, filter),
    reveal: computed(() => view.revealedUntil > pcNowMs.value),
    async exportShown() {
      const settings = app.settings.value.value
      if (filter.value === null) return
      await app.exporter.start({
        filter: filter.value,
        sort: { ...view.sort },
        columns: [...(settings?.exportColumns ?? defaultExportColumns)],
        plain: settings?.exportPlain ?? false,
      })
    },
  }
}

export function useOrdersContext(): OrdersContext {
  const context = inject(ordersContextKey)
  if (context === undefined) throw new Error('no orders context was provided')
  return context
}

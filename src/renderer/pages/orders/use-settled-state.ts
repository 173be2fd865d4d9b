import { computed, shallowRef, watch, type ShallowRef } from 'vue'
import { ordersState, type OrdersFacts, type OrdersState } from './which-state.ts'

/** While a new filter is being counted, what is shown stays: nothing jumps. Another account begins anew. */
export function useSettledState(facts: () => OrdersFacts, account: () => string): ShallowRef<OrdersState> {
  const state = computed(() => ordersState(facts()))
  const settled = shallowRef<OrdersState>('loading')
  watch(
    [state, account],
    ([now, owner], [, before]) => {
      if (now !== 'loading' || owner !== before) settled.value = now
    },
    { immediate: true },
  )
  return settled
}

import { onScopeDispose, watch, type ComputedRef } from 'vue'
import type { OrderCounts, OrderFilter } from '#shared/contract/orders.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

/** During a sync orders change many times a second; the numbers need not. */
const quietMs = 300

/**
 * The numbers of a filter: tabs, stages, total. A new filter empties them at once, so that a number never stands for
 * a filter it does not belong to; new orders under the same filter replace them when they have been counted.
 */
export function useOrderCounts(api: Api, filter: ComputedRef<OrderFilter | null>): Resource<OrderCounts> {
  const counts = useResource(async () => {
    if (filter.value === null) throw new Error('no account')
    return api.call('orders.counts', filter.value)
  })
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => JSON.stringify(filter.value),
    () => {
      counts.value.value = null
      if (filter.value !== null) void counts.reload()
    },
    { immediate: true },
  )
  const stop = api.on('orders.changed', ({ accountId }) => {
    if (accountId !== filter.value?.accountId || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void counts.reload()
    }, quietMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return counts
}

import { onScopeDispose, watch, type ComputedRef } from 'vue'
import type { OrderCounts, OrderFilter } from '#shared/contract/orders.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

/** The rows of a new filter are asked for first: a merchant waits for them, not for their number. */
const rowsFirstMs = 20

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
  function countIn(delayMs: number): void {
    timer = setTimeout(() => {
      timer = undefined
      if (filter.value !== null) void counts.reload()
    }, delayMs)
  }

  watch(
    () => JSON.stringify(filter.value),
    () => {
      counts.value.value = null
      clearTimeout(timer)
      timer = undefined
      if (filter.value !== null) countIn(rowsFirstMs)
    },
    { immediate: true },
  )
  const stop = api.on('orders.changed', ({ accountId }) => {
    if (accountId === filter.value?.accountId && timer === undefined) countIn(quietMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return counts
}

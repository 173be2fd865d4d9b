import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { OrderFilter, OrderRow, OrderSort } from '#shared/contract/orders.ts'
import { AppError } from '#shared/errors.ts'
import type { Api } from '../../../api/api.ts'

/** During a sync the rows on screen are read again so often at most. */
const quietMs = 500

export interface GridRows {
  read(start: number, count: number, sort: OrderSort): Promise<{ rows: OrderRow[]; total: number }>
  /** Another text: other rows. */
  readonly question: ComputedRef<string>
  /** Counts up: the same rows may have changed. */
  readonly revision: Ref<number>
  readonly error: ShallowRef<AppError | null>
  /** Begins anew after a failure. */
  restart(): void
}

/** Windows of the filtered orders, for the grid. Masking again throws away what was shown; revealing only reads anew. */
export function useGridRows(api: Api, filter: ComputedRef<OrderFilter | null>, reveal: ComputedRef<boolean>): GridRows {
  const revision = ref(0)
  const round = ref(0)
  const error = shallowRef<AppError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(reveal, (revealed) => {
    if (revealed) revision.value += 1
    else round.value += 1
  })
  watch(
    () => JSON.stringify(filter.value),
    () => {
      error.value = null
    },
  )
  const stop = api.on('orders.changed', ({ accountId }) => {
    if (accountId !== filter.value?.accountId || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      revision.value += 1
    }, quietMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })

  return {
    async read(start, count, sort) {
      if (filter.value === null) throw new AppError('accountNotFound')
      return api.call('orders.window', { filter: filter.value, sort, start, count, reveal: reveal.value })
    },
    question: computed(() => `${round.value} ${JSON.stringify(filter.value)}`),
    revision,
    error,
    restart() {
      error.value = null
      round.value += 1
    },
  }
}

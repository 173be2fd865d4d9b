import { computed, onScopeDispose, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { OrderFilter, OrderRow, OrderSort } from '#shared/contract/orders.ts'
import { AppError } from '#shared/errors.ts'
import type { Api } from '../../../api/api.ts'
import type { RowWindow } from '../widgets/grid-datasource.ts'

/** During a sync the rows on screen are read again so often at most. */
const quietMs = 500

export interface GridRows {
  read(start: number, count: number): Promise<RowWindow>
  readIds(start: number, count: number): Promise<number[]>
  /** One row of the list as it is now; null: there is none at this index. */
  rowAt(index: number): Promise<OrderRow | null>
  /** Another text: other rows. */
  readonly question: ComputedRef<string>
  /** Counts up: the same rows may have changed. */
  readonly revision: Ref<number>
  /** Rows of this question have come that are not all yet. */
  readonly partial: Ref<boolean>
  readonly error: ShallowRef<AppError | null>
  /** The rows that came were not all: asks for the rest. */
  complete(): void
  /** Begins anew after a failure. */
  restart(): void
}

/** Windows of the filtered orders, for the grid. Masking again throws away what was shown; revealing only reads anew. */
export function useGridRows(
  api: Api,
  filter: ComputedRef<OrderFilter | null>,
  sort: () => OrderSort,
  reveal: ComputedRef<boolean>,
): GridRows {
  const revision = ref(0)
  const round = ref(0)
  const partial = ref(false)
  const error = shallowRef<AppError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  const question = computed(() => `${round.value} ${JSON.stringify([filter.value, sort()])}`)

  watch(reveal, (revealed) => {
    if (revealed) revision.value += 1
    else round.value += 1
  })
  watch(question, () => {
    error.value = null
    partial.value = false
  })
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

  async function window(start: number, count: number): Promise<RowWindow> {
    if (filter.value === null) throw new AppError('accountNotFound')
    const order = { ...sort() }
    return api.call('orders.window', { filter: filter.value, sort: order, start, count, reveal: reveal.value })
  }

  return {
    async read(start, count) {
      const asked = question.value
      const read = await window(start, count)
      if (asked === question.value) partial.value = !read.complete
      return read
    },
    readIds: async (start, count) => (await window(start, count)).rows.map(({ id }) => id),
    rowAt: async (index) => (await window(index, 1)).rows[0] ?? null,
    question,
    revision,
    partial,
    error,
    complete() {
      revision.value += 1
    },
    restart() {
      error.value = null
      round.value += 1
    },
  }
}

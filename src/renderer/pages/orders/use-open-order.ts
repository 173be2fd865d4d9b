import { computed, ref, type ComputedRef } from 'vue'
import type { GridRows } from './data/use-grid-rows.ts'

export interface OpenOrder {
  readonly id: ComputedRef<number | null>
  show(id: number, index: number): void
  close(): void
  /** To the row before or after in the list as it is now; answers its index, or null at the ends. */
  step(by: -1 | 1): Promise<number | null>
}

/** The order beside the grid, and the way to the ones next to it. */
export function useOpenOrder(rows: Pick<GridRows, 'rowAt'>, total: () => number | null): OpenOrder {
  const shown = ref<{ id: number; index: number } | null>(null)
  return {
    id: computed(() => shown.value?.id ?? null),
    show(id, index) {
      shown.value = { id, index }
    },
    close() {
      shown.value = null
    },
    async step(by) {
      const from = shown.value
      if (from === null) return null
      const index = from.index + by
      if (index < 0 || index >= (total() ?? Number.POSITIVE_INFINITY)) return null
      const row = await rows.rowAt(index)
      // Another order was opened meanwhile.
      if (row === null || shown.value !== from) return null
      shown.value = { id: row.id, index }
      return index
    },
  }
}

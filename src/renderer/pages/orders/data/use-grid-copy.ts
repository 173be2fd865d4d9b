import { ElMessage } from 'element-plus'
import { useI18n } from 'vue-i18n'
import type { OrderColumn } from '#domain/vocabulary.ts'
import { orderColumns } from '#domain/vocabulary.ts'
import type { OrderFilter, OrderRow, OrderSort } from '#shared/contract/orders.ts'
import type { Api } from '../../../api/api.ts'

export interface CopyOrder {
  filter: OrderFilter
  sort: OrderSort
  columns: OrderColumn[]
}

/** Says so where copying takes as long as this: nobody should press twice. */
const shownMs = 3_000

/**
 * Copies from the grid the full values, whatever the screen masks: merchants phone customers all day. They pass from
 * the database to the clipboard and never come here. Failures go to `tell`.
 */
export function useGridCopy(api: Api, tell: (thrown: unknown) => void) {
  const { t } = useI18n()

  async function copy(order: CopyOrder, heading: boolean): Promise<void> {
    try {
      const { copied, total } = await api.call('orders.copy', { ...order, heading })
      if (heading) say(copied, total)
    } catch (thrown) {
      tell(thrown)
    }
  }

  function say(copied: number, total: number): void {
    const words = { count: copied.toLocaleString('en-US'), total: total.toLocaleString('en-US') }
    const message = copied < total ? t('grid.copied.part', words) : t('grid.copied.all', words)
    ElMessage({
      type: copied < total ? 'warning' : 'success',
      message,
      duration: shownMs,
      placement: 'bottom',
      offset: 56,
    })
  }

  return {
    /** The grid's own columns hold nothing to copy. */
    async cell({ filter, sort }: CopyOrder, row: OrderRow, column: string): Promise<void> {
      const name = orderColumns.find((other) => other === column)
      if (name !== undefined)
        await copy({ filter: { ...filter, only: { ids: [row.id] } }, sort, columns: [name] }, false)
    },
    rows: (order: CopyOrder) => copy(order, true),
  }
}

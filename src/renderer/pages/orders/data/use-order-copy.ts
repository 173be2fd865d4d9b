import type { ComputedRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { toBeijing } from '#domain/beijing-time.ts'
import type { OrderDetail, OrderFilter, OrderRow } from '#shared/contract/orders.ts'
import type { Api } from '../../../api/api.ts'

/**
 * Copies the full value, whatever the screen masks: merchants phone customers all day. The value passes from main to
 * the clipboard and is not kept. Failures go to `tell`.
 */
export function useOrderCopy(api: Api, filter: ComputedRef<OrderFilter | null>, tell: (thrown: unknown) => void) {
  const { t } = useI18n()

  async function copy(id: number, text: (detail: OrderDetail) => string): Promise<void> {
    const accountId = filter.value?.accountId
    if (accountId === undefined) return
    try {
      const full = await api.call('orders.detail', { accountId, id, reveal: true })
      await api.call('app.copy', { text: text(full) })
    } catch (thrown) {
      tell(thrown)
    }
  }

  function wordOf(row: OrderRow, field: keyof OrderRow): string {
    if (field === 'stage') return t(`columns.stages.${row.stage}`)
    if (field === 'type') return t(`columns.types.${row.type}`)
    if (field === 'firstSeenAt' || field === 'changedAt') return toBeijing(row[field])
    return String(row[field] ?? '')
  }

  return {
    field: (id: number, field: keyof OrderRow) => copy(id, ({ row }) => wordOf(row, field)),
    /** A grid cell by its column; the grid's own columns hold nothing to copy. */
    async cell(row: OrderRow, column: string): Promise<void> {
      if (Object.hasOwn(row, column)) await copy(row.id, (full) => wordOf(full.row, column as keyof OrderRow))
    },
    original: (id: number) => copy(id, ({ original }) => original),
  }
}

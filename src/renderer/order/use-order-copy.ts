import { useI18n } from 'vue-i18n'
import { toBeijing } from '#domain/beijing-time.ts'
import type { OrderDetail, OrderRow } from '#shared/contract/orders.ts'
import type { Api } from '../api/api.ts'

/**
 * Copies the full value, whatever the screen masks: merchants phone customers all day. The value passes from main to
 * the clipboard and is not kept. Failures go to `tell`.
 */
export function useOrderCopy(
  api: Api,
  shown: () => { accountId: string; id: number } | null,
  tell: (thrown: unknown) => void,
) {
  const { t } = useI18n()

  async function copy(text: (detail: OrderDetail) => string): Promise<void> {
    const order = shown()
    if (order === null) return
    try {
      const full = await api.call('orders.detail', { ...order, reveal: true })
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
    field: (field: keyof OrderRow) => copy(({ row }) => wordOf(row, field)),
    original: () => copy(({ original }) => original),
  }
}

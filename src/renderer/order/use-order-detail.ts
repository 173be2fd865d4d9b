import { onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { OrderDetail } from '#shared/contract/orders.ts'
import type { Api } from '../api/api.ts'
import { useResource, type Resource } from '../api/use-resource.ts'

/** A single order stays unmasked for so long. */
const revealMs = 60_000

export interface OrderDetailResource extends Resource<OrderDetail> {
  readonly revealed: Ref<boolean>
  toggleReveal(): void
}

/**
 * One order with its history. Masked until revealed, for the whole page (`revealAll`) or for this order; the order's
 * own reveal ends after a minute and whenever another order is shown.
 */
export function useOrderDetail(
  api: Api,
  shown: ComputedRef<{ accountId: string; id: number } | null>,
  revealAll: ComputedRef<boolean>,
): OrderDetailResource {
  const revealed = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  const detail = useResource(async () => {
    if (shown.value === null) throw new Error('no order is shown')
    return api.call('orders.detail', { ...shown.value, reveal: revealed.value || revealAll.value })
  })

  function setRevealed(value: boolean): void {
    clearTimeout(timer)
    revealed.value = value
    if (value) timer = setTimeout(() => setRevealed(false), revealMs)
  }

  watch(
    () => `${shown.value?.accountId ?? ''} ${shown.value?.id ?? ''}`,
    () => setRevealed(false),
  )
  watch(
    [shown, revealed, revealAll],
    () => {
      if (shown.value !== null) void detail.reload()
    },
    { immediate: true },
  )
  const stop = api.on('orders.changed', ({ accountId }) => {
    if (accountId === shown.value?.accountId) void detail.reload()
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return { ...detail, revealed, toggleReveal: () => setRevealed(!revealed.value) }
}

import { onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { OrderType } from '#domain/vocabulary.ts'
import type { UnreadableItem } from '#shared/contract/mapping.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

const pageSize = 50

export interface UnreadableResource extends Resource<{ items: UnreadableItem[]; total: number }> {
  /** Originals unmasked; ends when the page is left or another account is chosen. */
  readonly reveal: Ref<boolean>
  more(): void
  hasMore(): boolean
}

/** Items that could not become orders, newest first. */
export function useUnreadable(
  api: Api,
  accountId: ComputedRef<string | null>,
  type: ComputedRef<OrderType>,
): UnreadableResource {
  const wanted = ref(pageSize)
  const reveal = ref(false)
  const items = useResource(async () => {
    const found: UnreadableItem[] = []
    let total = 0
    if (accountId.value === null) return { items: found, total }
    const of = { accountId: accountId.value, type: type.value, count: pageSize, reveal: reveal.value }
    for (let start = 0; start < wanted.value; start += pageSize) {
      const page = await api.call('mapping.unreadable', { ...of, start })
      found.push(...page.items)
      total = page.total
      if (found.length >= total) break
    }
    return { items: found, total }
  })
  watch([accountId, type], () => {
    reveal.value = false
    wanted.value = pageSize
  })
  watch([accountId, type, wanted, reveal], () => void items.reload(), { immediate: true })
  const stop = api.on('orders.changed', ({ accountId: changed }) => {
    if (changed === accountId.value) void items.reload()
  })
  onScopeDispose(stop)
  return {
    ...items,
    reveal,
    more: () => void (wanted.value += pageSize),
    hasMore: () => (items.value.value?.total ?? 0) > wanted.value,
  }
}

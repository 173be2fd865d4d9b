import { onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { PushItem, PushState } from '#shared/contract/receiver.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

const pageSize = 50
const mostShown = 200

export interface PushesResource extends Resource<PushItem[]> {
  readonly shown: Ref<PushState | null>
  more(): void
  hasMore(): boolean
}

/** What arrived for an account, newest first; read again when more has. */
export function usePushes(api: Api, accountId: ComputedRef<string | null>): PushesResource {
  const shown = ref<PushState | null>(null)
  const wanted = ref(pageSize)
  const pushes = useResource(async () => {
    if (accountId.value === null) return []
    const states = shown.value === null ? [] : [shown.value]
    return api.call('receiver.pushes', { accountId: accountId.value, states, before: null, count: wanted.value })
  })
  watch([accountId, shown, wanted], () => void pushes.reload(), { immediate: true })
  const stop = api.on('receiver.changed', (told) => {
    if (told.accountId === accountId.value) void pushes.reload()
  })
  onScopeDispose(stop)
  return {
    ...pushes,
    shown,
    more: () => void (wanted.value = Math.min(mostShown, wanted.value + pageSize)),
    hasMore: () => (pushes.value.value?.length ?? 0) >= wanted.value && wanted.value < mostShown,
  }
}

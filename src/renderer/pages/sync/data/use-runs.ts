import { onScopeDispose, ref, watch, type ComputedRef } from 'vue'
import type { Run } from '#shared/contract/sync.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

const pageSize = 20

export interface RunsResource extends Resource<Run[]> {
  /** Shows so many more, older runs. */
  more(): void
  /** There may be older ones. */
  hasMore(): boolean
}

/** An account's past runs, newest first; read again when a sync of the account begins or ends. */
export function useRuns(api: Api, accountId: ComputedRef<string | null>): RunsResource {
  const wanted = ref(pageSize)
  const runs = useResource(async () =>
    accountId.value === null
      ? []
      : api.call('sync.runs', { accountId: accountId.value, before: null, count: Math.min(200, wanted.value) }),
  )
  watch([accountId, wanted], () => void runs.reload(), { immediate: true })

  let wasRunning: boolean | null = null
  const stop = api.on('sync.changed', ({ accountId: changed, running }) => {
    if (changed !== accountId.value || (running !== null) === wasRunning) return
    wasRunning = running !== null
    void runs.reload()
  })
  onScopeDispose(stop)

  return {
    ...runs,
    more: () => void (wanted.value += pageSize),
    hasMore: () => (runs.value.value?.length ?? 0) >= wanted.value && wanted.value < 200,
  }
}

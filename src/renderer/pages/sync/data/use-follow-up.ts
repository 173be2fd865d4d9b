import { onScopeDispose, watch, type ComputedRef } from 'vue'
import type { FollowUpState, ReconcileReport } from '#shared/contract/sync.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

export interface FollowUpNews {
  state: FollowUpState
  report: ReconcileReport
}

/** What is followed and what the last reconcile found; read again when something of the account begins or ends. */
export function useFollowUp(api: Api, accountId: ComputedRef<string | null>): Resource<FollowUpNews | null> {
  const news = useResource(async () => {
    const id = accountId.value
    if (id === null) return null
    const of = { accountId: id }
    const [state, report] = await Promise.all([
      api.call('sync.followUpState', of),
      api.call('sync.reconcileReport', of),
    ])
    return { state, report }
  })
  watch(accountId, () => void news.reload(), { immediate: true })

  let wasRunning: boolean | null = null
  const stop = api.on('sync.changed', ({ accountId: changed, running }) => {
    if (changed !== accountId.value || (running !== null) === wasRunning) return
    wasRunning = running !== null
    void news.reload()
  })
  onScopeDispose(stop)
  return news
}

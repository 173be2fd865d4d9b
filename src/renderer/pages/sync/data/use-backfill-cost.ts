import { watch, type ComputedRef } from 'vue'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

export const backfillDays = [30, 90, 180] as const
export interface BackfillCost {
  days: number
  calls: number
}

/** What reading so many days back costs in calls, for each of the offered spans. */
export function useBackfillCost(api: Api, accountId: ComputedRef<string | null>): Resource<BackfillCost[]> {
  const costs = useResource(async () => {
    const id = accountId.value
    if (id === null) return []
    return Promise.all(
      backfillDays.map(async (days) => ({
        days,
        calls: (await api.call('sync.backfillCost', { accountId: id, days })).calls,
      })),
    )
  })
  watch(accountId, () => void costs.reload(), { immediate: true })
  return costs
}

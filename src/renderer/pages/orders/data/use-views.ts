import { computed, onScopeDispose, watch, type ComputedRef } from 'vue'
import { beijingDay } from '#domain/beijing-time.ts'
import type { TodoRule } from '#shared/contract/orders.ts'
import type { SavedView, ViewCounts, ViewList } from '#shared/contract/views.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

/** Counts follow the orders after so long, and are asked again after so long where some are still being counted. */
const quietMs = 1_000
const againMs = 1_500

export interface ViewsResource {
  readonly list: Resource<ViewList>
  readonly counts: Resource<ViewCounts>
  readonly saved: ComputedRef<readonly SavedView[]>
  rule(name: TodoRule['rule']): TodoRule | null
  reload(): Promise<void>
}

/** The views of an account and how many orders each shows now. */
export function useViews(api: Api, accountId: ComputedRef<string | null>, nowMs: () => number): ViewsResource {
  const today = computed(() => beijingDay(nowMs()))
  const list = useResource(async () => {
    if (accountId.value === null) throw new Error('no account')
    return api.call('views.list', { accountId: accountId.value })
  })
  const counts = useResource(async () => {
    if (accountId.value === null) throw new Error('no account')
    return api.call('views.counts', { accountId: accountId.value, today: today.value })
  })
  let timer: ReturnType<typeof setTimeout> | undefined

  function countIn(delayMs: number): void {
    if (timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void count()
    }, delayMs)
  }

  async function count(): Promise<void> {
    if (accountId.value === null) return
    await counts.reload()
    if (counts.value.value?.complete === false) countIn(againMs)
  }

  async function reload(): Promise<void> {
    if (accountId.value === null) return
    await Promise.all([list.reload(), count()])
  }

  watch(
    accountId,
    () => {
      list.value.value = null
      counts.value.value = null
      void reload()
    },
    { immediate: true },
  )
  watch(today, () => void reload())
  const stop = api.on('orders.changed', (changed) => {
    if (changed.accountId === accountId.value) countIn(quietMs)
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })

  return {
    list,
    counts,
    saved: computed(() => list.value.value?.saved ?? []),
    rule: (name) => list.value.value?.builtIn.find(({ rule }) => rule === name) ?? null,
    reload,
  }
}

import { onScopeDispose, watch, type Ref } from 'vue'
import type { Statistics, StatisticsQuery } from '#shared/contract/statistics.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

/** While days are still being counted, the figures are asked for again this often. */
const askAgainMs = 1_500

/** An answer with what was asked: a click on a figure is about that, also while something else is being read. */
export interface ShownStatistics {
  readonly query: StatisticsQuery
  readonly statistics: Statistics
}

/** The figures of a query; read again when it changes and whenever figures were counted anew. */
export function useStatistics(api: Api, query: Readonly<Ref<StatisticsQuery | null>>): Resource<ShownStatistics> {
  const resource = useResource(async (): Promise<ShownStatistics> => {
    const asked = query.value
    if (asked === null) throw new Error('asked without an account')
    return { query: asked, statistics: await api.call('statistics.read', asked) }
  })
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    clearTimeout(timer)
    if (query.value === null) return
    await resource.reload()
    if ((resource.value.value?.statistics.pendingDays ?? 0) > 0) timer = setTimeout(() => void read(), askAgainMs)
  }

  watch(
    () => JSON.stringify(query.value),
    () => void read(),
    { immediate: true },
  )
  const stop = api.on('statistics.changed', ({ accountId }) => {
    if (accountId === query.value?.accountId) void read()
  })
  onScopeDispose(() => {
    stop()
    clearTimeout(timer)
  })
  return { ...resource, reload: read }
}

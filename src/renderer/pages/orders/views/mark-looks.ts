import { computed, watch, type ComputedRef } from 'vue'
import type { Api } from '../../../api/api.ts'
import { useOrdersView } from '../../../stores/orders-view.ts'
import { useView } from '../../../stores/view.ts'
import type { ViewsResource } from '../data/use-views.ts'

/** "Changed since I last looked" ends when it is left: what was seen there need not be seen again. */
export function markLooks(api: Api, views: ViewsResource, accountId: ComputedRef<string | null>): void {
  const view = useOrdersView()
  const pages = useView()
  const looking = computed(() =>
    pages.page === 'orders' && view.todo?.rule === 'changedSinceLook' ? accountId.value : null,
  )
  watch(looking, async (_now, left) => {
    if (left === null) return
    const looked = await api.call('views.look', { accountId: left }).catch(() => null)
    if (looked === null) return
    await views.reload()
    // Whoever comes back to it sees what came since.
    const { todo } = view
    if (looking.value === null && todo?.rule === 'changedSinceLook') view.todo = { ...todo, since: looked.now }
  })
}

import { computed, watch, type ComputedRef } from 'vue'
import { beijingDay } from '#domain/beijing-time.ts'
import type { TodoRule, TodoRuleName } from '#shared/contract/orders.ts'
import type { SavedView } from '#shared/contract/views.ts'
import type { Api } from '../../../api/api.ts'
import { defaultSort, useOrdersView } from '../../../stores/orders-view.ts'
import { useView } from '../../../stores/view.ts'
import { useViews, type ViewsResource } from '../data/use-views.ts'
import { everyOrder } from '../filters/shown-filter.ts'
import { contentOf, sameShape, shapeOf, type ViewShape } from './view-shape.ts'

/** What a merchant does with views. Everything that writes rejects with AppError. */
export interface ViewDesk extends ViewsResource {
  /** The saved view that is open, as it is stored. */
  readonly openSaved: ComputedRef<SavedView | null>
  /** What is shown differs from the view that is open. */
  readonly changed: ComputedRef<boolean>
  showAll(): void
  openBuiltIn(rule: TodoRuleName): void
  open(view: SavedView): void
  revert(): void
  saveAs(name: string): Promise<void>
  saveChanges(): Promise<void>
  rename(id: number, name: string): Promise<void>
  remove(id: number): Promise<void>
  reorder(ids: number[]): Promise<void>
  setRule(rule: TodoRule): Promise<void>
}

export function useViewDesk(api: Api, accountId: ComputedRef<string | null>, nowMs: () => number): ViewDesk {
  const view = useOrdersView()
  const views = useViews(api, accountId, nowMs)
  const now = (): { ms: number; today: string } => ({ ms: nowMs(), today: beijingDay(nowMs()) })

  const openSaved = computed(() => {
    const { opened } = view
    return opened?.kind === 'saved' ? (views.saved.value.find(({ id }) => id === opened.id) ?? null) : null
  })
  /** The open view as it is without what was changed since; null: none is open, or it is not known yet. */
  const original = computed((): ViewShape | null => {
    if (openSaved.value !== null) return shapeOf(openSaved.value, view.ownPlaces)
    if (view.opened?.kind !== 'builtIn') return null
    const rule = views.rule(view.opened.rule)
    return rule === null ? null : builtInShape(rule, view.sort)
  })

  function builtInShape(rule: TodoRule, sort = defaultSort): ViewShape {
    return { shown: { ...everyOrder(null), todo: rule }, sort, places: view.ownPlaces }
  }

  async function store(id: number | null, name: string): Promise<void> {
    const account = known(accountId.value)
    const saved = await api.call('views.save', { accountId: account, id, content: contentOf(name, view.shape, now()) })
    await views.reload()
    if (accountId.value === account) view.opened = { kind: 'saved', id: saved.id }
  }

  async function write<T>(work: (accountId: string) => Promise<T>): Promise<void> {
    await work(known(accountId.value))
    await views.reload()
  }

  const desk: ViewDesk = {
    ...views,
    openSaved,
    changed: computed(() => original.value !== null && !sameShape(original.value, view.shape)),
    showAll: () =>
      view.open({ shown: everyOrder(view.type ?? 'own'), sort: defaultSort, places: view.ownPlaces }, null),
    openBuiltIn(name) {
      const rule = views.rule(name)
      if (rule !== null) view.open(builtInShape(rule), { kind: 'builtIn', rule: name })
    },
    open: (saved) => view.open(shapeOf(saved, view.ownPlaces), { kind: 'saved', id: saved.id }),
    revert() {
      if (original.value !== null) view.open(original.value, view.opened)
    },
    saveAs: (name) => store(null, name),
    async saveChanges() {
      if (openSaved.value !== null) await store(openSaved.value.id, openSaved.value.name)
    },
    rename: (id, name) => write((account) => api.call('views.rename', { accountId: account, id, name })),
    async remove(id) {
      await write((account) => api.call('views.remove', { accountId: account, id }))
      if (view.opened?.kind === 'saved' && view.opened.id === id) view.opened = null
    },
    reorder: (ids) => write((account) => api.call('views.reorder', { accountId: account, ids })),
    async setRule(rule) {
      await write((account) => api.call('views.setRule', { accountId: account, rule }))
      if (view.todo?.rule === rule.rule) view.todo = rule
    },
  }
  markLooks(api, views, accountId)
  return desk
}

/** "Changed since I last looked" is over when it is left: what was seen there need not be seen again. */
function markLooks(api: Api, views: ViewsResource, accountId: ComputedRef<string | null>): void {
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
    if (view.todo?.rule === 'changedSinceLook' && pages.page !== 'orders')
      view.todo = { ...view.todo, since: looked.now }
  })
}

function known(accountId: string | null): string {
  if (accountId === null) throw new Error('no account')
  return accountId
}

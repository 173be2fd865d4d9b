import { computed, watch, type ComputedRef } from 'vue'
import { beijingDay } from '#domain/beijing-time.ts'
import type { TodoRule, TodoRuleName } from '#shared/contract/orders.ts'
import type { SavedView } from '#shared/contract/views.ts'
import type { Api } from '../../../api/api.ts'
import { defaultSort, useOrdersView } from '../../../stores/orders-view.ts'
import { useViews, type ViewsResource } from '../data/use-views.ts'
import { everyOrder } from '../filters/shown-filter.ts'
import { leads, ledBy } from './lead-columns.ts'
import { markLooks } from './mark-looks.ts'
import { contentOf, movedOn, sameShape, shapeOf, type ViewShape } from './view-shape.ts'

/** What a merchant does with views. Everything that writes rejects with AppError. */
export interface ViewDesk extends ViewsResource, OpenViews, WrittenViews {}

interface OpenViews {
  /** The saved view that is open, as it is stored. */
  readonly openSaved: ComputedRef<SavedView | null>
  /** What is shown differs from the view that is open. */
  readonly changed: ComputedRef<boolean>
  showAll(): void
  openBuiltIn(rule: TodoRuleName): void
  open(view: SavedView): void
  revert(): void
}

interface WrittenViews {
  saveAs(name: string): Promise<void>
  saveChanges(): Promise<void>
  rename(id: number, name: string): Promise<void>
  remove(id: number): Promise<void>
  reorder(ids: number[]): Promise<void>
  setRule(rule: TodoRule): Promise<void>
}

export function useViewDesk(api: Api, accountId: ComputedRef<string | null>, nowMs: () => number): ViewDesk {
  const views = useViews(api, accountId, nowMs)
  const opened = openViews(views)
  markLooks(api, views, accountId)
  keepInStep(api, views, accountId, nowMs)
  return { ...views, ...opened, ...writtenViews(api, views, opened, { accountId, nowMs }) }
}

function openViews(views: ViewsResource): OpenViews {
  const view = useOrdersView()
  const openSaved = computed(() => {
    const { opened } = view
    return opened?.kind === 'saved' ? (views.saved.value.find(({ id }) => id === opened.id) ?? null) : null
  })
  const openRule = computed(() => (view.opened?.kind === 'builtIn' ? views.rule(view.opened.rule) : null))
  /** The open view without what was changed since; null: none is open, or it is not known yet. */
  const original = computed((): ViewShape | null => {
    if (openSaved.value !== null) return shapeOf(openSaved.value, view.ownPlaces)
    // The columns of a built-in view are the installation's: moving them changes no view.
    return openRule.value === null ? null : { ...builtInShape(openRule.value), places: view.places }
  })

  function builtInShape(rule: TodoRule): ViewShape {
    const { columns, sort } = leads[rule.rule]
    return { shown: { ...everyOrder(null), todo: rule }, sort, places: ledBy(view.ownPlaces, columns) }
  }

  function openBuiltIn(name: TodoRuleName): void {
    const rule = views.rule(name)
    if (rule !== null) view.open(builtInShape(rule), { kind: 'builtIn', rule: name })
  }

  return {
    openSaved,
    changed: computed(() => original.value !== null && !sameShape(original.value, view.shape)),
    showAll: () =>
      view.open({ shown: everyOrder(view.type ?? 'own'), sort: { ...defaultSort }, places: view.ownPlaces }, null),
    openBuiltIn,
    open: (saved) => view.open(shapeOf(saved, view.ownPlaces), { kind: 'saved', id: saved.id }),
    revert() {
      if (openRule.value !== null) openBuiltIn(openRule.value.rule)
      else if (original.value !== null) view.open(original.value, view.opened)
    },
  }
}

function writtenViews(
  api: Api,
  views: ViewsResource,
  { openSaved }: OpenViews,
  { accountId, nowMs }: { accountId: ComputedRef<string | null>; nowMs: () => number },
): WrittenViews {
  const view = useOrdersView()

  async function write<T>(work: (accountId: string) => Promise<T>): Promise<T> {
    if (accountId.value === null) throw new Error('no account')
    const written = await work(accountId.value)
    await views.reload()
    return written
  }

  async function store(id: number | null, name: string): Promise<void> {
    const content = contentOf(name, view.shape, { ms: nowMs(), today: beijingDay(nowMs()) })
    const saved = await write((account) => api.call('views.save', { accountId: account, id, content }))
    view.opened = { kind: 'saved', id: saved.id }
  }

  return {
    saveAs: (name) => store(null, name),
    async saveChanges() {
      if (openSaved.value !== null) await store(openSaved.value.id, openSaved.value.name)
    },
    async rename(id, name) {
      await write((account) => api.call('views.rename', { accountId: account, id, name }))
    },
    async remove(id) {
      await write((account) => api.call('views.remove', { accountId: account, id }))
      if (view.opened?.kind === 'saved' && view.opened.id === id) view.opened = null
    },
    async reorder(ids) {
      await write((account) => api.call('views.reorder', { accountId: account, ids }))
    },
    async setRule(rule) {
      await write((account) => api.call('views.setRule', { accountId: account, rule }))
      if (view.todo?.rule === rule.rule) view.todo = rule
    },
  }
}

/** What is open belongs to the account that is shown, and what a view means by "today" moves on with the days. */
function keepInStep(api: Api, views: ViewsResource, accountId: ComputedRef<string | null>, nowMs: () => number): void {
  const view = useOrdersView()
  /** Written once a day: what the database writes otherwise than it was told must not be written for ever. */
  const written = new Set<string>()
  const notYet = (today: string) => (stored: { id: number }) => {
    const key = `${accountId.value ?? ''} ${stored.id} ${today}`
    return !written.has(key) && written.add(key)
  }
  watch(accountId, (_now, before) => {
    if (before !== null && view.opened !== null) view.show({})
  })
  watch([views.saved, () => beijingDay(nowMs())] as const, async ([saved, today]) => {
    const { opened } = view
    if (views.list.value.value === null || accountId.value === null) return
    if (opened?.kind === 'saved' && !saved.some(({ id }) => id === opened.id)) view.opened = null
    const account = accountId.value
    const behind = saved.flatMap((stored) => movedOn(stored, { ms: nowMs(), today }) ?? []).filter(notYet(today))
    for (const { id, content } of behind) await api.call('views.save', { accountId: account, id, content })
    if (behind.length > 0 && accountId.value === account) await views.reload()
  })
}

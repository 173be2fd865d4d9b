import { computed, onScopeDispose, watch, type ComputedRef, type WritableComputedRef } from 'vue'
import type { OrderType } from '#domain/vocabulary.ts'
import type { MappingRules, MappingView, SavedMapping } from '#shared/contract/mapping.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'
import { isSameRules, noRules } from '../draft.ts'

/** Several choices in a row are read once. */
const settleMs = 250
/** A sync that is under way changes orders many times a second. */
const calmMs = 1_500

export interface MappingResource {
  readonly saved: Resource<SavedMapping>
  readonly draft: WritableComputedRef<MappingRules>
  readonly dirty: ComputedRef<boolean>
  /** What the draft makes of the last replies. */
  readonly view: Resource<MappingView>
  /** Rejects with AppError. */
  save(): Promise<void>
  discard(): void
}

/** The rules of an account and type, their draft, and the live view of it. */
export function useMapping(
  api: Api,
  drafts: Map<string, MappingRules>,
  accountId: ComputedRef<string | null>,
  type: ComputedRef<OrderType>,
): MappingResource {
  const of = () => (accountId.value === null ? null : { accountId: accountId.value, type: type.value })
  const key = computed(() => `${type.value} ${accountId.value}`)
  const saved = useResource(async (): Promise<SavedMapping> => {
    const target = of()
    return target === null ? { rules: noRules, rerunDue: false } : api.call('mapping.get', target)
  })
  const savedRules = computed(() => saved.value.value?.rules ?? noRules)
  const draft = computed({
    get: () => drafts.get(key.value) ?? savedRules.value,
    set: (rules: MappingRules) => void drafts.set(key.value, rules),
  })
  const dirty = computed(() => saved.value.value !== null && !isSameRules(savedRules.value, draft.value))
  const view = useResource(async (): Promise<MappingView | null> => {
    const target = of()
    return target === null ? null : api.call('mapping.view', { ...target, rules: draft.value })
  }) as Resource<MappingView>

  let timer: ReturnType<typeof setTimeout> | undefined
  function lookAgain(afterMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void view.reload(), afterMs)
  }

  async function open(): Promise<void> {
    saved.value.value = null
    view.value.value = null
    await saved.reload()
    clearTimeout(timer)
    await view.reload()
  }
  watch(key, () => void open(), { immediate: true })
  watch(draft, () => lookAgain(settleMs))
  const stop = api.on('orders.changed', ({ accountId: changed }) => {
    if (changed === accountId.value) lookAgain(calmMs)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })

  return {
    saved,
    draft,
    dirty,
    view,
    async save() {
      const target = of()
      if (target === null) return
      const mine = key.value
      const now = await api.call('mapping.save', { ...target, rules: draft.value })
      drafts.delete(mine)
      if (mine === key.value) saved.value.value = now
    },
    discard: () => void drafts.delete(key.value),
  }
}

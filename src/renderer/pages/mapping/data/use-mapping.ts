import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
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
  readonly draft: ShallowRef<MappingRules>
  readonly dirty: ComputedRef<boolean>
  /** What the draft makes of the last replies. */
  readonly view: Resource<MappingView>
  /** Rejects with AppError. */
  save(): Promise<void>
  discard(): void
}

/** The rules of an account and type, their draft on this page, and the live view of it. */
export function useMapping(
  api: Api,
  accountId: ComputedRef<string | null>,
  type: ComputedRef<OrderType>,
): MappingResource {
  const draft = shallowRef<MappingRules>(noRules)
  const of = () => (accountId.value === null ? null : { accountId: accountId.value, type: type.value })
  const saved = useResource(async (): Promise<SavedMapping> => {
    const target = of()
    return target === null ? { rules: noRules, rerunDue: false } : api.call('mapping.get', target)
  })
  const view = useResource(async (): Promise<MappingView | null> => {
    const target = of()
    return target === null ? null : api.call('mapping.view', { ...target, rules: draft.value })
  }) as Resource<MappingView>
  const dirty = computed(() => saved.value.value !== null && !isSameRules(saved.value.value.rules, draft.value))

  const savedRules = (): MappingRules => saved.value.value?.rules ?? noRules

  let timer: ReturnType<typeof setTimeout> | undefined
  function lookAgain(afterMs: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => void view.reload(), afterMs)
  }

  async function open(): Promise<void> {
    clearTimeout(timer)
    saved.value.value = null
    view.value.value = null
    await saved.reload()
    draft.value = savedRules()
    await view.reload()
  }
  watch([accountId, type], () => void open(), { immediate: true })
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
      saved.value.value = await api.call('mapping.save', { ...target, rules: draft.value })
    },
    discard() {
      draft.value = savedRules()
    },
  }
}

import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { OrderFlag } from '#domain/vocabulary.ts'
import type { Annotation, AnnotationChange } from '#shared/contract/annotations.ts'
import { toAppError, type AppError } from '#shared/errors.ts'
import { joinChanges, withChange } from './annotation-change.ts'

/** After the last key stroke a note waits so long before it is written. */
export const noteWaitMs = 700

export type SaveState = 'idle' | 'waiting' | 'saving' | 'saved' | 'failed'

export interface AnnotationEditor {
  /** What the merchant sees: what is stored, with what is on its way. */
  readonly shown: ComputedRef<Annotation | null>
  readonly state: Ref<SaveState>
  readonly error: ShallowRef<AppError | null>
  /** What is stored, as it was read. Of another order: what is on its way for the one before is written first. */
  take(orderId: number, stored: Annotation): void
  setNote(note: string): void
  addTag(tag: string): void
  removeTag(tag: string): void
  setFlag(flag: OrderFlag | null): void
  /** Writes what waits. */
  flush(): void
}

/**
 * Writes as the merchant types, one write after the other, each with what has come together meanwhile. Only what he
 * changed is sent, so that nobody's other change is undone; what is stored never overwrites what he is typing.
 */
export function useAnnotation(
  save: (orderId: number, change: AnnotationChange) => Promise<Annotation>,
): AnnotationEditor {
  const orderId = ref<number | null>(null)
  const stored = shallowRef<Annotation | null>(null)
  /** Not sent yet; under way. */
  const waiting = shallowRef<AnnotationChange | null>(null)
  const underWay = shallowRef<AnnotationChange | null>(null)
  const state = ref<SaveState>('idle')
  const error = shallowRef<AppError | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = 0

  const shown = computed(() =>
    stored.value === null ? null : withChange(withChange(stored.value, underWay.value), waiting.value),
  )

  function add(change: AnnotationChange, waitMs: number): void {
    if (orderId.value === null) return
    waiting.value = joinChanges(waiting.value, change)
    state.value = 'waiting'
    clearTimeout(timer)
    if (waitMs === 0) flush()
    else timer = setTimeout(flush, waitMs)
  }

  function flush(): void {
    clearTimeout(timer)
    if (orderId.value !== null && waiting.value !== null && underWay.value === null)
      void send(orderId.value, waiting.value)
  }

  async function send(id: number, change: AnnotationChange): Promise<void> {
    const mine = round
    waiting.value = null
    underWay.value = change
    state.value = 'saving'
    try {
      const now = await save(id, change)
      if (mine !== round) return
      stored.value = now
      underWay.value = null
      error.value = null
      state.value = waiting.value === null ? 'saved' : 'waiting'
      flush()
    } catch (thrown) {
      if (mine !== round) return
      // It stays on the page, and goes out with the next change or a press on "try again".
      waiting.value = joinChanges(change, waiting.value ?? {})
      underWay.value = null
      error.value = toAppError(thrown)
      state.value = 'failed'
    }
  }

  function leave(): void {
    clearTimeout(timer)
    const id = orderId.value
    const change = waiting.value
    const before = underWay.value
    round += 1
    waiting.value = null
    underWay.value = null
    if (id === null || change === null) return
    // Nobody is there to tell any more; what is under way is written before it, in the order in which it was sent.
    void save(id, before === null ? change : joinChanges(before, change)).catch(() => undefined)
  }

  window.addEventListener('pagehide', flush)
  onScopeDispose(() => {
    window.removeEventListener('pagehide', flush)
    leave()
  })

  return {
    shown,
    state,
    error,
    take(id, annotation) {
      if (id !== orderId.value) {
        leave()
        orderId.value = id
        state.value = 'idle'
        error.value = null
      }
      if (underWay.value === null) stored.value = annotation
    },
    setNote: (note) => add({ note }, noteWaitMs),
    addTag: (tag) => add({ addTags: [tag], removeTags: [] }, 0),
    removeTag: (tag) => add({ addTags: [], removeTags: [tag] }, 0),
    setFlag: (flag) => add({ flag }, 0),
    flush,
  }
}

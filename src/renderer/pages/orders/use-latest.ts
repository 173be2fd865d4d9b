import { shallowRef, watch, type ShallowRef } from 'vue'

/** The latest that was there: while the next is awaited, what was keeps its place and nothing moves. */
export function useLatest<T>(value: () => T | null): ShallowRef<T | null> {
  const latest: ShallowRef<T | null> = shallowRef(null)
  watch(
    value,
    (now) => {
      if (now !== null) latest.value = now
    },
    { immediate: true },
  )
  return latest
}

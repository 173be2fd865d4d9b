import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether the window is so narrow that the side bar shows signs alone; the style sheets know the same width. */
export function useNarrow(): Ref<boolean> {
  const query = window.matchMedia('(max-width: 1100px)')
  const narrow = ref(query.matches)
  const read = (): void => {
    narrow.value = query.matches
  }
  query.addEventListener('change', read)
  onScopeDispose(() => query.removeEventListener('change', read))
  return narrow
}

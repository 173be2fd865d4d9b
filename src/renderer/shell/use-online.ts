import { onScopeDispose, ref, type Ref } from 'vue'

/** Whether this computer has a network, as the system tells it. */
export function useOnline(): Ref<boolean> {
  const online = ref(navigator.onLine)
  const read = (): void => {
    online.value = navigator.onLine
  }
  window.addEventListener('online', read)
  window.addEventListener('offline', read)
  onScopeDispose(() => {
    window.removeEventListener('online', read)
    window.removeEventListener('offline', read)
  })
  return online
}

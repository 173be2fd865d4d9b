import { onScopeDispose, ref, type Ref } from 'vue'

/** The PC's clock in epoch ms, renewed every `intervalMs`, for words such as "2 minutes ago". */
export function useNow(intervalMs = 15_000): Ref<number> {
  const now = ref(Date.now())
  const timer = setInterval(() => {
    now.value = Date.now()
  }, intervalMs)
  onScopeDispose(() => clearInterval(timer))
  return now
}

import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { toAppError, type AppError } from '#shared/errors.ts'

/** One thing read from main: its value, whether it is being read, and why it could not be. */
export interface Resource<T> {
  readonly value: ShallowRef<T | null>
  readonly loading: Ref<boolean>
  readonly error: ShallowRef<AppError | null>
  /** Reads again. Of several readings under way only the newest counts. Never rejects. */
  reload(): Promise<void>
}

export function useResource<T>(read: () => Promise<T>): Resource<T> {
  const value = shallowRef<T | null>(null)
  const loading = ref(false)
  const error = shallowRef<AppError | null>(null)
  let newest = 0

  async function reload(): Promise<void> {
    const mine = ++newest
    loading.value = true
    try {
      const found = await read()
      if (mine !== newest) return
      value.value = found
      error.value = null
    } catch (thrown) {
      if (mine === newest) error.value = toAppError(thrown)
    } finally {
      if (mine === newest) loading.value = false
    }
  }

  return { value, loading, error, reload }
}

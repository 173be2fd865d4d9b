import { onScopeDispose, watch, type ComputedRef } from 'vue'
import type { ReceiverState } from '#shared/contract/receiver.ts'
import type { Api } from '../../../api/api.ts'
import { useResource, type Resource } from '../../../api/use-resource.ts'

/** The receiver of an account, as main tells it. */
export function useReceiver(api: Api, accountId: ComputedRef<string | null>): Resource<ReceiverState> {
  const state = useResource(async () => {
    if (accountId.value === null) throw new Error('no account')
    return api.call('receiver.state', { accountId: accountId.value })
  })
  watch(
    accountId,
    (id) => {
      state.value.value = null
      if (id !== null) void state.reload()
    },
    { immediate: true },
  )
  const stop = api.on('receiver.changed', (told) => {
    if (told.accountId === accountId.value) state.value.value = told
  })
  onScopeDispose(stop)
  return state
}

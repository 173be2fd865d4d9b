import { onScopeDispose, ref, watch, type ComputedRef, type Ref } from 'vue'
import type { Account } from '#shared/contract/accounts.ts'
import type { Api } from '../api/api.ts'

/** During a sync changes come many times a second; the number in the side bar need not. */
const quietMs = 500

export interface ChangesContext {
  /** Changes of the shown account that were not read yet, at most 1,000; null: not counted. */
  readonly unread: Ref<number | null>
  reload(): Promise<void>
  /** Marks some changes as read, or null for all that are there now. */
  markRead(accountId: string, ids: number[] | null): Promise<void>
}

export function createChanges(api: Api, account: ComputedRef<Account | null>): ChangesContext {
  const unread = ref<number | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function reload(): Promise<void> {
    const accountId = account.value?.id
    if (accountId === undefined) return
    try {
      const counted = await api.call('changes.unread', { accountId })
      if (account.value?.id === accountId) unread.value = counted.unread
    } catch {
      // A locked or damaged file is told of where its orders are shown; here there is just no number.
      if (account.value?.id === accountId) unread.value = null
    }
  }

  watch(
    () => account.value?.id,
    () => {
      unread.value = null
      void reload()
    },
    { immediate: true },
  )
  api.on('vault.changed', () => void reload())
  api.on('orders.changed', ({ accountId }) => {
    if (accountId !== account.value?.id || timer !== undefined) return
    timer = setTimeout(() => {
      timer = undefined
      void reload()
    }, quietMs)
  })
  onScopeDispose(() => clearTimeout(timer), true)

  return {
    unread,
    reload,
    async markRead(accountId, ids) {
      const counted = await api.call('changes.markRead', { accountId, ids })
      if (account.value?.id === accountId) unread.value = counted.unread
    },
  }
}

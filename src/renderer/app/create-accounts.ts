import { computed, type ComputedRef } from 'vue'
import type { Account, AccountSettings, SecretsInput } from '#shared/contract/accounts.ts'
import type { Api } from '../api/api.ts'
import { useResource, type Resource } from '../api/use-resource.ts'
import type { SettingsContext } from './create-settings.ts'

export interface AccountInput {
  id?: string
  settings: AccountSettings
  secrets: SecretsInput
}

export interface AccountsContext extends Resource<Account[]> {
  readonly list: ComputedRef<readonly Account[]>
  /** The account the pages are about; null where there is none. */
  readonly selected: ComputedRef<Account | null>
  select(id: string): Promise<void>
  save(input: AccountInput): Promise<Account>
  remove(id: string): Promise<number>
  addPractice(): Promise<Account>
  /** Practice account only: lets its world live on by so many days. */
  advancePractice(id: string, days: number): Promise<void>
}

export function createAccounts(api: Api, settings: SettingsContext): AccountsContext {
  const resource = useResource(() => api.call('accounts.list', {}))
  const list = computed(() => resource.value.value ?? [])
  const selected = computed(() => chosen(list.value, settings.value.value?.selectedAccountId ?? null))
  api.on('accounts.changed', () => void resource.reload())

  return {
    ...resource,
    list,
    selected,
    select: (id) => settings.set({ selectedAccountId: id }),
    async save(input) {
      const account = await api.call('accounts.save', input)
      await resource.reload()
      if (input.id === undefined) await settings.set({ selectedAccountId: account.id })
      return account
    },
    async remove(id) {
      const { orders } = await api.call('accounts.remove', { id, withData: true })
      await resource.reload()
      return orders
    },
    async addPractice() {
      const account = await api.call('accounts.addPractice', {})
      await resource.reload()
      await settings.set({ selectedAccountId: account.id })
      return account
    },
    async advancePractice(id, days) {
      await api.call('accounts.advancePractice', { id, hours: days * 24 })
    },
  }
}

function chosen(list: readonly Account[], id: string | null): Account | null {
  return list.find((account) => account.id === id) ?? list[0] ?? null
}

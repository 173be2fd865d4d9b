import { defaultReceiverSettings, type ReceiverSettings } from '#shared/contract/receiver.ts'
import type { ConfigStore } from '../settings/config-store.ts'

export type StoredReceiver = ReceiverSettings & { generation: number }

/** How the receiver of an account is set; kept with the account. Its secret path is not: only which one it is. */
export class ReceiverSettingsStore {
  readonly #store: ConfigStore

  constructor(store: ConfigStore) {
    this.#store = store
  }

  /** Throws accountNotFound. */
  get(accountId: string): StoredReceiver {
    return this.#store.account(accountId).receiver ?? { ...defaultReceiverSettings, generation: 0 }
  }

  set(accountId: string, change: Partial<StoredReceiver>): void {
    const receiver = { ...this.get(accountId), ...change }
    this.#store.update((document) => ({
      ...document,
      accounts: document.accounts.map((account) => (account.id === accountId ? { ...account, receiver } : account)),
    }))
  }
}

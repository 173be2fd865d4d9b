import type { ConfigStore } from '../settings/config-store.ts'

/** Whether an account's orders are followed by themselves; kept with the account. */
export class FollowUpSwitches {
  readonly #store: ConfigStore

  constructor(store: ConfigStore) {
    this.#store = store
  }

  /** Throws accountNotFound. */
  isOn(accountId: string): boolean {
    return this.#store.account(accountId).followUp
  }

  set(accountId: string, on: boolean): void {
    this.#store.update((document) => ({
      ...document,
      accounts: document.accounts.map((account) => (account.id === accountId ? { ...account, followUp: on } : account)),
    }))
  }
}

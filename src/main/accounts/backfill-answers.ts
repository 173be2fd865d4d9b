import type { ConfigStore } from '../settings/config-store.ts'

/** Accounts whose offer of older orders the merchant has answered; kept with the account. */
export class BackfillAnswers {
  readonly #store: ConfigStore

  constructor(store: ConfigStore) {
    this.#store = store
  }

  /** Throws accountNotFound. */
  has(accountId: string): boolean {
    return this.#store.account(accountId).backfillAnswered
  }

  add(accountId: string): void {
    this.#store.update((document) => ({
      ...document,
      accounts: document.accounts.map((account) =>
        account.id === accountId ? { ...account, backfillAnswered: true } : account,
      ),
    }))
  }
}

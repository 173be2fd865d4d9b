import type { SyncState } from '#shared/contract/sync.ts'
import type { ConfigStore } from '../settings/config-store.ts'

/** What a clock may be off without anybody planning otherwise. */
const keptFromMs = 60_000

/**
 * How wrong the PC's clock was when an account's gateway was last heard from, kept with the account: a clock that is
 * wrong mostly still is at the next start, which then has the right day, range and quota before its first reply.
 */
export class ClockCorrections {
  readonly #store: ConfigStore

  constructor(store: ConfigStore) {
    this.#store = store
  }

  /** ms to add; 0 where nothing is known, or no account. */
  of(accountId: string): number {
    return this.#store.read().accounts.find(({ id }) => id === accountId)?.clockCorrectionMs ?? 0
  }

  /** Writes only what differs: on most computers nothing, ever. Throws diskFull, fileNotWritable. */
  after({ accountId, running, clockSkewMs }: Pick<SyncState, 'accountId' | 'running' | 'clockSkewMs'>): void {
    if (running !== null || clockSkewMs === null || Math.abs(clockSkewMs - this.of(accountId)) < keptFromMs) return
    const kept = Math.abs(clockSkewMs) < keptFromMs ? 0 : Math.round(clockSkewMs)
    this.#store.update((document) => ({
      ...document,
      accounts: document.accounts.map((account) =>
        account.id === accountId ? { ...account, clockCorrectionMs: kept } : account,
      ),
    }))
  }
}

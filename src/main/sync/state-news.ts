import type { SyncProgress, SyncState } from '#shared/contract/sync.ts'
import { Listeners } from '../listeners.ts'

/** Pages need no more than some frames a second; every state is a few database reads. */
const everyMs = 250

/** Tells listeners of changed states: at once when asked to, and at a bounded rate while progress is made. */
export class StateNews {
  readonly #read: (accountId: string) => Promise<SyncState>
  readonly #onError: (thrown: unknown) => void
  readonly #listeners = new Listeners<SyncState>()
  readonly #last = new Map<string, { state: SyncState; toldAt: number }>()

  constructor(read: (accountId: string) => Promise<SyncState>, onError: (thrown: unknown) => void) {
    this.#read = read
    this.#onError = onError
  }

  onChanged(listener: (state: SyncState) => void): () => void {
    return this.#listeners.add(listener)
  }

  /** Reads the state anew and tells it. Never throws: news are not worth a failed sync. */
  async tell(accountId: string): Promise<void> {
    try {
      const state = await this.#read(accountId)
      this.#last.set(accountId, { state, toldAt: performance.now() })
      this.#listeners.tell(state)
    } catch (thrown) {
      this.#onError(thrown)
    }
  }

  /** The last state with new progress; nothing is read. */
  progress(running: SyncProgress): void {
    const last = this.#last.get(running.accountId)
    if (last === undefined || performance.now() - last.toldAt < everyMs) return
    last.toldAt = performance.now()
    this.#listeners.tell({ ...last.state, running })
  }
}

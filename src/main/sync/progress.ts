import type { SyncProgress } from '#shared/contract/sync.ts'
import type { MergeResult } from '#shared/database/contract.ts'
import type { OrderType } from '#domain/vocabulary.ts'
import type { CallWatcher } from '../upstream/attempt.ts'

/** What one sync of an account has done so far, and how long the rest may take. */
export class ProgressMeter implements CallWatcher {
  readonly #tell: (progress: SyncProgress) => void
  #progress: SyncProgress
  #repairing = false
  #startedAt = performance.now()

  constructor(accountId: string, type: OrderType, tell: (progress: SyncProgress) => void) {
    this.#tell = tell
    this.#progress = nothingYet(accountId, type)
  }

  get current(): SyncProgress {
    return this.#progress
  }

  /** A run begins: counts start anew. */
  begin(type: OrderType, repairing: boolean): void {
    this.#repairing = repairing
    this.#startedAt = performance.now()
    this.#progress = nothingYet(this.#progress.accountId, type)
    this.phase('waiting')
  }

  phase(phase: SyncProgress['phase']): void {
    this.#set({ phase: this.#repairing && phase !== 'receiving' && phase !== 'merging' ? 'repairing' : phase })
  }

  received(bytes: number): void {
    this.#set({ receivedBytes: this.#progress.receivedBytes + bytes })
  }

  merged(merge: MergeResult): void {
    this.#set({
      received: this.#progress.received + merge.received,
      new: this.#progress.new + merge.new,
      changed: this.#progress.changed + merge.changed,
    })
  }

  /** `planned` includes the windows done. The time left assumes that the rest goes as the windows done went. */
  windows(windowsDone: number, windowsPlanned: number): void {
    const perWindowMs = windowsDone === 0 ? null : (performance.now() - this.#startedAt) / windowsDone
    const leftMs = perWindowMs === null ? null : Math.round(perWindowMs * (windowsPlanned - windowsDone))
    this.#set({ windowsDone, windowsPlanned, leftMs })
  }

  #set(change: Partial<SyncProgress>): void {
    this.#progress = { ...this.#progress, ...change }
    this.#tell(this.#progress)
  }
}

function nothingYet(accountId: string, type: OrderType): SyncProgress {
  const counts = { windowsDone: 0, windowsPlanned: 0, receivedBytes: 0, received: 0, new: 0, changed: 0 }
  return { accountId, type, phase: 'waiting', ...counts, leftMs: null }
}

import type { SyncProgress } from '#shared/contract/sync.ts'
import { AppError } from '#shared/errors.ts'

/** Whoever runs for an account at the moment. */
export interface Occupant {
  /** Aborted by a cancel. */
  readonly signal: AbortSignal
  progress: SyncProgress | null
}

/** The merchant's own, or made by the schedule: that one gives way to the merchant's. */
export type TurnKind = 'sync' | 'background'

interface Entry extends Occupant {
  readonly kind: TurnKind | 'repair'
  readonly abort: AbortController
  readonly done: Promise<void>
}

/**
 * One sync or repair an account at a time. A sync waits for a repair under way, and ends what the schedule began; a
 * repair gives way to anything, and what the schedule would begin too.
 */
export class Turns {
  readonly #entries = new Map<string, Entry>()

  /**
   * Throws syncRunning where the account's sync runs already, and in the background where anything does. The signal
   * cancels, like `cancel`.
   */
  async sync<T>(
    accountId: string,
    signal: AbortSignal | undefined,
    work: (occupant: Occupant) => Promise<T>,
    kind: TurnKind = 'sync',
  ): Promise<T> {
    const before = this.#entries.get(accountId)
    if (before?.kind === 'sync' || (before !== undefined && kind === 'background')) throw new AppError('syncRunning')
    if (before?.kind === 'background') before.abort.abort()
    const cancelBefore = (): void => before?.abort.abort()
    const { promise: done, resolve: end } = Promise.withResolvers<void>()
    const entry = newEntry(kind, done)
    const cancel = (): void => entry.abort.abort()
    entry.signal.addEventListener('abort', cancelBefore)
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel)
    this.#entries.set(accountId, entry)
    try {
      await before?.done
      return await work(entry)
    } finally {
      signal?.removeEventListener('abort', cancel)
      this.#leave(accountId, entry)
      end()
    }
  }

  /** Does nothing where something runs already: a sync repairs first itself. */
  async repair(accountId: string, work: (occupant: Occupant) => Promise<void>): Promise<void> {
    if (this.#entries.has(accountId)) return
    const { promise: done, resolve: end } = Promise.withResolvers<void>()
    const entry = newEntry('repair', done)
    this.#entries.set(accountId, entry)
    try {
      await work(entry)
    } finally {
      this.#leave(accountId, entry)
      end()
    }
  }

  /** True when something was running; resolves once it has ended. */
  async cancel(accountId: string): Promise<boolean> {
    const entry = this.#entries.get(accountId)
    if (entry === undefined) return false
    entry.abort.abort()
    await entry.done
    return true
  }

  isFree(accountId: string): boolean {
    return !this.#entries.has(accountId)
  }

  progress(accountId: string): SyncProgress | null {
    return this.#entries.get(accountId)?.progress ?? null
  }

  #leave(accountId: string, entry: Entry): void {
    if (this.#entries.get(accountId) === entry) this.#entries.delete(accountId)
  }
}

function newEntry(kind: Entry['kind'], done: Promise<void>): Entry {
  const abort = new AbortController()
  return { kind, abort, done, signal: abort.signal, progress: null }
}

import { AppError } from '#shared/errors.ts'
import { createSlicer } from '../steps.ts'
import type { Pause } from './sorted-ids.ts'

/**
 * Which filters are being asked about. What was begun for one that nobody waits for any more, and that is no longer the
 * last one shown, is given up: whoever types on would wait for it.
 */
export class AskedFilters {
  readonly #waiting = new Map<string, number>()
  #shown = ''

  /** The filter of the list that is on the screen now. */
  show(key: string): void {
    this.#shown = key
  }

  /**
   * Awaits what is asked about a filter, until the call is cancelled. What another call gave up at the same moment is
   * begun once more.
   */
  async asking<T>(key: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const leave = this.#enter(key)
    signal?.addEventListener('abort', leave)
    try {
      return await work().catch((thrown: unknown) => {
        if (thrown instanceof GivenUp) return work()
        throw thrown
      })
    } finally {
      signal?.removeEventListener('abort', leave)
      leave()
    }
  }

  /** Returns what is to be called, once or more often, when it is waited for no longer. */
  #enter(key: string): () => void {
    let isWaiting = true
    this.#waiting.set(key, (this.#waiting.get(key) ?? 0) + 1)
    return () => {
      if (!isWaiting) return
      isWaiting = false
      const left = (this.#waiting.get(key) ?? 1) - 1
      if (left > 0) this.#waiting.set(key, left)
      else this.#waiting.delete(key)
    }
  }

  /** Pauses between the pieces of work for a filter, and ends it where it is not wanted. */
  pauseFor(key: string): Pause {
    const pause = createSlicer()
    const orEnd = async (paused: Promise<void>): Promise<void> => {
      await paused
      if (this.#shown !== key && !this.#waiting.has(key)) throw new GivenUp()
    }
    return () => {
      const paused = pause()
      return paused === undefined ? undefined : orEnd(paused)
    }
  }
}

class GivenUp extends AppError {
  constructor() {
    super('cancelled', 'nobody waits for this list any more')
  }
}

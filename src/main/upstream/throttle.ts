import { AppError } from '#shared/errors.ts'
import { pause } from './pause.ts'

export interface ThrottleOptions {
  /** Least time between two calls of one key as the server sees them. The API page: 1 call a second. */
  intervalMs: number
  /** A clock that never goes back, ms. */
  monotonic?: () => number
  pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** The right to send one call. Whoever has it must give it up by one of the two. */
export interface Turn {
  /** The reply began, or the call failed: the next may leave one interval from now. Only the first use counts. */
  used(): void
  /** Nothing was sent: the next need not wait for this one. */
  unused(): void
}

interface Lane {
  /** Settles when the turn before has been given up. */
  tail: Promise<void>
  /** When the next call may leave, by the monotonic clock. */
  readyAt: number
}

/**
 * One lane a key (by fingerprint), first come first served, over all accounts and order types of that key.
 * A call leaves at least one interval after the reply to the previous one began: the server saw that one before its
 * reply began, so no network delay can bring two closer at the server.
 */
export class Throttle {
  readonly #intervalMs: number
  readonly #monotonic: () => number
  readonly #pause: (ms: number, signal: AbortSignal) => Promise<void>
  readonly #lanes = new Map<string, Lane>()

  constructor(options: ThrottleOptions) {
    this.#intervalMs = options.intervalMs
    this.#monotonic = options.monotonic ?? (() => performance.now())
    this.#pause = options.pause ?? pause
  }

  /**
   * Tells of calls that an earlier process may have sent until just before `monotonicMs` (its lock on the data was
   * free from then on). The wall clock has no say in it, so it may jump as it likes; the cost is one interval at most.
   */
  calledBefore(fingerprint: string, monotonicMs: number): void {
    if (!this.#lanes.has(fingerprint))
      this.#lanes.set(fingerprint, { tail: Promise.resolve(), readyAt: monotonicMs + this.#intervalMs })
  }

  /** Waits for this key's turn. Rejects with `cancelled` when the signal is aborted first; others keep their place. */
  async take(fingerprint: string, signal: AbortSignal): Promise<Turn> {
    const lane = this.#lane(fingerprint)
    const previous = lane.tail
    let giveUp = (): void => undefined
    lane.tail = new Promise((resolve) => {
      giveUp = resolve
    })
    try {
      await orCancelled(previous, signal)
      for (let left = lane.readyAt - this.#monotonic(); left > 0; left = lane.readyAt - this.#monotonic())
        await this.#pause(Math.ceil(left), signal)
    } catch (thrown) {
      void previous.then(giveUp)
      throw thrown
    }
    let held = true
    const end = (sent: boolean): void => {
      if (held && sent) lane.readyAt = this.#monotonic() + this.#intervalMs
      held = false
      giveUp()
    }
    return { used: () => end(true), unused: () => end(false) }
  }

  #lane(fingerprint: string): Lane {
    const lane = this.#lanes.get(fingerprint) ?? { tail: Promise.resolve(), readyAt: Number.NEGATIVE_INFINITY }
    this.#lanes.set(fingerprint, lane)
    return lane
  }
}

function orCancelled(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new AppError('cancelled'))
    const stop = () => reject(new AppError('cancelled'))
    signal.addEventListener('abort', stop, { once: true })
    void work.then(() => {
      signal.removeEventListener('abort', stop)
      return resolve()
    })
  })
}

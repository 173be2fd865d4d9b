import { clockSkewMs, type Clock } from '#domain/corrected-clock.ts'

/** A Date header is cut to the second, and `clockSkewMs` takes the middle of it. */
const halfSecondMs = 500

/**
 * The PC's clock, corrected by the last Date header of the account's gateway. Ranges, quota days and stored times all
 * use it, so that a PC that is hours wrong still asks for the right days.
 */
export class ServerClock implements Clock {
  readonly #pc: Clock
  readonly #keptMs: number
  #skewMs: number | null = null

  /** `keptMs`: the correction of an earlier start, good until this one has heard from the server. */
  constructor(pc: Clock, keptMs = 0) {
    this.#pc = pc
    this.#keptMs = keptMs
  }

  /** Epoch ms. */
  now(): number {
    return this.at(this.#pc.now())
  }

  /** A moment of the PC's clock as the server would have told it, by what is known now. */
  at(pcMs: number): number {
    return pcMs + this.correctionMs
  }

  /** What is added to the PC's clock. */
  get correctionMs(): number {
    return this.#skewMs ?? this.#keptMs
  }

  /** What to add to the PC's clock, as far as a Date header proves it; null before the first one. */
  get skewMs(): number | null {
    return this.#skewMs
  }

  /** The PC's clock itself, for `learn` and `at`. */
  pcNow(): number {
    return this.#pc.now()
  }

  /**
   * The header was written some time between the PC's `sentAt` and `receivedAt`. That bounds the difference from both
   * sides; within the bounds the present correction stays, so that times do not jitter from call to call.
   */
  learn(dateHeader: string | null, sentAt: number, receivedAt: number): void {
    const most = clockSkewMs(dateHeader, sentAt)
    const least = clockSkewMs(dateHeader, receivedAt)
    if (most === null || least === null) return
    this.#skewMs = Math.max(Math.min(this.correctionMs, most + halfSecondMs), least - halfSecondMs)
  }
}

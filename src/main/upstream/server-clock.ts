/** Before the API page was written no Date header can be meant. */
const earliestMs = Date.UTC(2024, 0, 1)
const latestMs = Date.UTC(2100, 0, 1)

/**
 * The PC's clock, corrected by the last Date header of the account's gateway. Ranges, quota days and stored times all
 * use it, so that a PC that is hours wrong still asks for the right days.
 */
export class ServerClock {
  readonly #clock: { now(): number }
  #skewMs: number | null = null

  constructor(clock: { now(): number }) {
    this.#clock = clock
  }

  /** Epoch ms. */
  now(): number {
    return this.#clock.now() - (this.#skewMs ?? 0)
  }

  /** How far the PC's clock is ahead of the server's, as far as a Date header proves it; null before the first one. */
  get skewMs(): number | null {
    return this.#skewMs
  }

  /** The PC's clock itself, for `learn`. */
  pcNow(): number {
    return this.#clock.now()
  }

  /**
   * `serverDate` (whole seconds) was written some time between the PC's `sentAt` and `receivedAt`. That bounds the
   * difference from both sides; within the bounds the present correction stays, so that times do not jitter.
   */
  learn(serverDate: number | null, sentAt: number, receivedAt: number): void {
    if (serverDate === null || serverDate < earliestMs || serverDate > latestMs) return
    const least = sentAt - serverDate - 999
    const most = Math.max(least, receivedAt - serverDate)
    this.#skewMs = Math.min(Math.max(this.#skewMs ?? 0, least), most)
  }
}

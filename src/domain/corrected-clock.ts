/** Anything that tells the time in epoch milliseconds. */
export interface Clock {
  now(): number
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
/** A server that says it is earlier than this has no clock of its own worth following. */
const earliestMs = Date.UTC(2024, 0, 1)
const latestMs = Date.UTC(2100, 0, 1)

/**
 * How far the PC's clock is from the server's, in ms to add to the PC's clock; null where the header is missing or is
 * no IMF-fixdate (RFC 9110) of our time. The header is cut to the second: half a second is added, so the error is at
 * most that plus the way of the reply.
 */
export function clockSkewMs(dateHeader: string | null, pcNowMs: number): number | null {
  if (dateHeader === null || !httpDate.test(dateHeader)) return null
  const serverMs = Date.parse(dateHeader)
  if (!(serverMs >= earliestMs && serverMs < latestMs)) return null
  return serverMs + 500 - Math.round(pcNowMs)
}

/** The PC's clock, corrected by the last Date header seen. Starts uncorrected. */
export class CorrectedClock implements Clock {
  readonly #pc: Clock
  #skewMs: number | null = null

  constructor(pc: Clock, skewMs: number | null = null) {
    this.#pc = pc
    this.#skewMs = skewMs
  }

  /** Epoch ms as the server would say, as far as is known. */
  now(): number {
    return this.#pc.now() + (this.#skewMs ?? 0)
  }

  /** To be called as a reply begins. A missing or senseless header changes nothing. */
  correct(dateHeader: string | null): void {
    this.#skewMs = clockSkewMs(dateHeader, this.#pc.now()) ?? this.#skewMs
  }

  /** ms to add to the PC's clock; null: no header seen yet. */
  get skewMs(): number | null {
    return this.#skewMs
  }
}

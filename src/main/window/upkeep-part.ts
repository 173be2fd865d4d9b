import type { Part } from '../parts.ts'

/** What the system tells of its own sleep; Electron's powerMonitor. */
export interface PowerNews {
  on(event: 'resume', listener: () => void): unknown
  off(event: 'resume', listener: () => void): unknown
}

export interface UpkeepPartOptions {
  readonly power: PowerNews
  /** Checks and backs up where the day's turn has not been yet. Never throws. */
  readonly daily: () => Promise<void>
  /** The computer slept: days may have turned, and calls under way were cut off. Never throws. */
  readonly woke: () => Promise<void>
  /** After the start, when the page has what it needs. */
  readonly firstAfterMs?: number
  readonly everyMs?: number
}

/** The day's check and backup, at the start and by the hour: a timer of a day would sleep with the computer. */
export class UpkeepPart implements Part {
  readonly name = 'upkeep'
  readonly #options: UpkeepPartOptions
  #first: NodeJS.Timeout | undefined
  #hourly: NodeJS.Timeout | undefined

  constructor(options: UpkeepPartOptions) {
    this.#options = options
  }

  start(): void {
    const { power, daily, firstAfterMs = 20_000, everyMs = 3_600_000 } = this.#options
    this.#first = setTimeout(() => void daily(), firstAfterMs)
    this.#hourly = setInterval(() => void daily(), everyMs)
    power.on('resume', this.#woke)
  }

  stop(): void {
    clearTimeout(this.#first)
    clearInterval(this.#hourly)
    this.#options.power.off('resume', this.#woke)
  }

  readonly #woke = (): void => {
    const { daily, woke } = this.#options
    void woke().then(daily)
  }
}

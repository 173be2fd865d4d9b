import type { Log } from './log/log.ts'

/** Something the app starts once and stops once. */
export interface Part {
  readonly name: string
  start(): Promise<void> | void
  stop(): Promise<void> | void
}

/** Starts parts in their order and stops them in the reverse one; a stop that fails never keeps the others from theirs. */
export class Parts {
  readonly #log: Log
  readonly #started: Part[] = []

  constructor(log: Log) {
    this.#log = log
  }

  async start(parts: readonly Part[]): Promise<void> {
    for (const part of parts) {
      this.#started.push(part)
      await part.start()
    }
  }

  async stop(): Promise<void> {
    for (const part of this.#started.splice(0).toReversed()) {
      try {
        await part.stop()
      } catch (error) {
        this.#log.error(`${part.name} did not stop cleanly`, error)
      }
    }
  }
}

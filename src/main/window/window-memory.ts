import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'

const pixels = z.number().int().min(-100_000).max(100_000)
const memorySchema = z.strictObject({
  bounds: z.strictObject({ x: pixels, y: pixels, width: pixels.positive(), height: pixels.positive() }).nullable(),
  maximized: z.boolean(),
  /** Where the last export went. */
  exportFolder: z.string().max(4_096).nullable(),
})
type Memory = z.infer<typeof memorySchema>

const nothingRemembered: Memory = { bounds: null, maximized: false, exportFolder: null }

/**
 * What the window remembers from one run to the next, in a small file of its own. A file that is missing or makes no
 * sense means nothing is remembered; one that cannot be written is not worth stopping for.
 */
export class WindowMemory {
  readonly #file: string
  readonly #onError: (error: unknown) => void
  #memory: Memory

  constructor(file: string, onError: (error: unknown) => void) {
    this.#file = file
    this.#onError = onError
    this.#memory = read(file)
  }

  get(): Memory {
    return this.#memory
  }

  remember(part: Partial<Memory>): void {
    this.#memory = { ...this.#memory, ...part }
    try {
      writeFileSync(this.#file, JSON.stringify(this.#memory), { mode: 0o600 })
    } catch (error) {
      this.#onError(error)
    }
  }
}

function read(file: string): Memory {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return nothingRemembered
  }
}

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The database process as the app under test starts it. */
export const databaseScript = join(import.meta.dirname, 'database.ts')
const pollMs = 5

/**
 * The database processes that were ever started, by their own word: one number a line, oldest first. A number whose
 * process has ended is never asked about again, because the system may give it to a stranger.
 */
export class Ledger {
  readonly #file: string
  readonly #ended = new Set<string>()

  /** Every child that is started from now on finds the file's name in its environment. */
  constructor(file: string) {
    this.#file = file
    process.env['CRASH_LEDGER'] = file
  }

  /** How many were ever started. */
  count(): number {
    return this.#lines().length
  }

  /** The one that runs; null: none. */
  running(): number | null {
    const alive = this.#lines().filter((line) => !this.#ended.has(line) && this.#isAlive(line))
    return alive.length === 0 ? null : Number(alive.at(-1))
  }

  /** True once all of them are gone; false when some still run after so many ms. */
  async allGone(patienceMs: number): Promise<boolean> {
    const endsAt = performance.now() + patienceMs
    while (this.running() !== null) {
      if (performance.now() > endsAt) return false
      await sleep(pollMs)
    }
    return true
  }

  #lines(): string[] {
    return existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n').slice(0, -1) : []
  }

  #isAlive(line: string): boolean {
    const alive = process.platform === 'linux' ? isDatabase(line) : answers(Number(line))
    if (!alive) this.#ended.add(line)
    return alive
  }
}

/** A process that has ended and waits for its parent to notice has no command line any more. */
function isDatabase(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(databaseScript)
  } catch {
    return false
  }
}

function answers(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

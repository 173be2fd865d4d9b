import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'

const longestWaitMs = 20 * 60_000

/**
 * Runs `work` while no other process does the same under this file. SQLite's lock is one the operating system drops
 * with the process, on every platform, so a killed build or download never blocks the next one.
 */
export async function exclusively<Result>(lockFile: string, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(dirname(lockFile), { recursive: true })
  const { default: Database } = await import('better-sqlite3-multiple-ciphers')
  const lock = new Database(lockFile, { timeout: longestWaitMs })
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return await work()
  } finally {
    lock.close()
  }
}

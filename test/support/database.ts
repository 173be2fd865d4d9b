import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startDatabase, type DatabaseClient } from '#main/processes/database-client.ts'

export const databaseScript = fileURLToPath(import.meta.resolve('#database/main.ts'))
export const testKey = '5a'.repeat(32)

export interface TestDatabase extends DatabaseClient {
  folder: string
  /** What the process wrote on stderr. */
  lines: string[]
  /** SIGKILL, then waits until the process is gone. */
  crash(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export interface TestDatabaseOptions {
  /** A folder to open again; by default a new one, which goes with the database. */
  folder?: string
  name?: 'orders' | 'practice'
  key?: string
}

/** The real database process on a real folder. Use `await using`, or close() and remove the folder yourself. */
export async function openTestDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'haoka-database-'))
  const lines: string[] = []
  const client = await startDatabase({
    script: databaseScript,
    folder,
    name: options.name ?? 'orders',
    key: options.key ?? testKey,
    log: (line) => lines.push(line),
  })
  return {
    ...client,
    folder,
    lines,
    async crash() {
      client.kill()
      await client.exited
    },
    async [Symbol.asyncDispose]() {
      await client.close()
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

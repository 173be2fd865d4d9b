import { databaseEvents, databaseRoutes, type DatabaseEvents, type DatabaseRoutes } from '#shared/database/contract.ts'
import { connect } from '#shared/rpc/connect.ts'
import type { Client, Request, Response } from '#shared/rpc/route.ts'
import { heapFlags } from './heap-flags.ts'
import type { LaunchOptions } from './launched-process.ts'
import { launchProcess } from './launcher.ts'

export interface DatabaseOptions extends Omit<LaunchOptions, 'name'> {
  /** The database process's script. */
  script: string
  folder: string
  /** `orders` for real accounts, `practice` for the practice account: two files of that name each. */
  name: 'orders' | 'practice'
  /** 64 hex digits. */
  key: string
}

export interface DatabaseClient extends Client<DatabaseRoutes, DatabaseEvents> {
  /** For keyed fingerprints of API keys: 64 hex digits, made with the file. */
  readonly fingerprintSecret: string
  /** The process before did not close the files. */
  readonly unclean: boolean
  /** The end of the orders' log could not be read. */
  readonly lostTail: boolean
  /** Calls are counted under names that `attempts.adopt` must replace. */
  readonly toAdopt: boolean
  readonly formerSecret: string | null
  readonly pid: number | undefined
  /** The exit code; null when a signal ended it. Calls reject with processGone from then on. */
  readonly exited: Promise<number | null>
  /** Checkpoints, waits for the process to end, and kills it when it does not. */
  close(): Promise<void>
  /** Ends it at once, as a crash would. */
  kill(): void
}

const closeTimeoutMs = 5_000

/**
 * Starts the database process and opens its vault. Throws what vault.open throws (dataFolderInUse, databaseKeyWrong,
 * databaseCorrupt, databaseNewer, diskFull), and processGone when the process does not start; it is ended then.
 */
export async function startDatabase(options: DatabaseOptions): Promise<DatabaseClient> {
  const { script, folder, name, key, ...launch } = options
  const how = { execArgv: heapFlags, ...launch, name: `haoka-desk-${name}` }
  const child = await launchProcess<Request, Response>(script, [], how)
  const client = connect(databaseRoutes, databaseEvents, child.port)
  try {
    const opened = await client.call('vault.open', { folder, name, key })
    return {
      ...client,
      ...opened,
      pid: child.pid,
      exited: child.exited,
      kill: () => child.kill(),
      async close() {
        const closed = client.call('vault.close', {}).catch(() => undefined)
        await Promise.race([closed, after(closeTimeoutMs)])
        child.end()
        await Promise.race([child.exited, after(closeTimeoutMs)])
        child.kill()
        await child.exited
      },
    }
  } catch (thrown) {
    child.kill()
    await child.exited
    throw thrown
  }
}

function after(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs).unref())
}

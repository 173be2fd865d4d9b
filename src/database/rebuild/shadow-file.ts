import { randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'
import { openConnection, type Connection } from '../connection.ts'
import { migrate } from '../migrations/migrate.ts'
import { ordersMigrations } from '../migrations/orders/index.ts'
import type { Session } from '../session.ts'
import { removeLeftShadow, shadowName } from './left-shadow.ts'

/** The file beside the orders in which they are rebuilt: the same tables, so that the same merge fills them. */
export interface ShadowFile {
  readonly connection: Connection
  /**
   * Closes it and runs `work` in one transaction of a connection of its own to the orders, which sees its tables under
   * the schema name `rebuilt`. Whoever reads the orders meanwhile sees the old; nobody may write them.
   */
  swapped<T>(work: (live: Connection) => Promise<T>): Promise<T>
  /** Closes and deletes it. */
  discard(): void
}

const cacheKib = 32_768
/** What of it is changed is written at the commit, which holds queries up. */
const swapCacheKib = 16_384

export async function openShadow(session: Session): Promise<ShadowFile> {
  const file = shadowName(session.orders.file)
  // Random and nowhere else: what an early end leaves can be read by nobody.
  const key = randomBytes(32).toString('hex')
  removeLeftShadow(session.orders.file)
  const connection = await openConnection(file, key, session.log, { cacheKib })
  const discard = (): void => {
    connection.close()
    removeLeftShadow(session.orders.file)
  }
  try {
    // It never outlives this process, and refers to accounts and runs of the other file.
    connection.pragma('synchronous=OFF')
    connection.pragma('journal_mode=MEMORY')
    connection.pragma('foreign_keys=OFF')
    await migrate(connection, ordersMigrations, session.clock.now())
    await connection.write(() => connection.script('CREATE TABLE seeds (id INTEGER PRIMARY KEY)'))
    return { connection, discard, swapped: (work) => swapped(session, connection, key, work) }
  } catch (thrown) {
    discard()
    throw thrown
  }
}

async function swapped<T>(
  session: Session,
  shadow: Connection,
  key: string,
  work: (live: Connection) => Promise<T>,
): Promise<T> {
  shadow.close()
  const live = await openConnection(session.orders.file, session.files.key, session.log, {
    cacheKib: swapCacheKib,
    shared: true,
  })
  try {
    // Whoever reads the file's pages may hold them still; the first connection moves the log when it may.
    live.pragma('wal_autocheckpoint=0')
    // Waiting for the disk would hold queries up: settleLog does that, elsewhere. Until then a power cut leaves the old.
    live.pragma('synchronous=NORMAL')
    live.run('ATTACH ? AS rebuilt KEY ?', [shadow.file, `x'${key}'`])
    live.script('BEGIN IMMEDIATE')
    const result = await work(live)
    live.script('COMMIT')
    return result
  } finally {
    live.leave()
  }
}

/**
 * Makes a swap durable, and moves its long log into the file, both while queries go on. No write may come between: it
 * would do that itself, at once.
 */
export async function settleLog({ orders, files, checkpoint, log }: Session): Promise<void> {
  await syncLog(orders.file)
  // Whoever reads the file's pages holds them still. The log is then moved after a later write.
  if (Number(orders.pragma('wal_autocheckpoint')) === 0) return
  await checkpoint(orders.file, files.key).catch((thrown: unknown) => log(`the log stays: ${String(thrown)}`))
}

async function syncLog(file: string): Promise<void> {
  const log = await open(`${file}-wal`, 'r+')
  try {
    await log.sync()
  } finally {
    await log.close()
  }
}

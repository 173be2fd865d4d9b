import { randomBytes } from 'node:crypto'
import { openConnection, type Connection } from '../connection.ts'
import { migrate } from '../migrations/migrate.ts'
import { ordersMigrations } from '../migrations/orders/index.ts'
import type { Session } from '../session.ts'
import { removeLeftShadow, shadowName } from './left-shadow.ts'

/** The file beside the orders in which they are rebuilt: the same tables, so that the same merge fills them. */
export interface ShadowFile {
  readonly connection: Connection
  /** Closes it and shows its tables under the schema name `rebuilt` while `work` runs. */
  attachedTo<T>(live: Connection, work: () => T): T
  /** Closes and deletes it. */
  discard(): void
}

const cacheKib = 32_768

export async function openShadow(session: Session): Promise<ShadowFile> {
  const file = shadowName(session.orders.file)
  // Random and nowhere else: what an early end leaves can be read by nobody.
  const key = randomBytes(32).toString('hex')
  removeLeftShadow(session.orders.file)
  const connection = await openConnection(file, key, session.log, cacheKib)
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
    return { connection, discard, attachedTo: (live, work) => attached(connection, key, live, work) }
  } catch (thrown) {
    discard()
    throw thrown
  }
}

function attached<T>(shadow: Connection, key: string, live: Connection, work: () => T): T {
  shadow.close()
  live.run('ATTACH ? AS rebuilt KEY ?', [shadow.file, `x'${key}'`])
  try {
    return work()
  } finally {
    if (live.isOpen) live.script('DETACH rebuilt')
  }
}

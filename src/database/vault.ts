import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { openConnection, type Connection, type Log } from './connection.ts'
import { toDatabaseError } from './database-error.ts'
import { migrate } from './migrations/migrate.ts'
import { ordersMigrations } from './migrations/orders/index.ts'
import { repliesMigrations } from './migrations/replies/index.ts'

export interface VaultPlace {
  folder: string
  name: string
  /** 64 hex digits; both files use it. */
  key: string
}

/** The two files of one installation, open and locked. */
export interface Vault {
  readonly orders: Connection
  readonly replies: Connection
  /** For keyed fingerprints of API keys. */
  readonly fingerprintSecret: string
}

/** Replies are written once and read once: a large page cache would only hold memory. */
const repliesCacheKib = 4_096

/** Opens (or makes) both files, locks and migrates them, and settles what the last end left behind. */
export async function openVault(place: VaultPlace, now: number, log: Log): Promise<Vault> {
  mkdirSync(place.folder, { recursive: true })
  const ordersFile = join(place.folder, `${place.name}.db`)
  const repliesFile = join(place.folder, `${place.name}-replies.db`)
  refuseEmptied(ordersFile, repliesFile)
  const { orders, replies } = await openBoth(ordersFile, repliesFile, place.key, log)
  try {
    await migrate(orders, ordersMigrations, now)
    await migrate(replies, repliesMigrations, now)
    await settle(orders, replies)
    return { orders, replies, fingerprintSecret: await fingerprintSecret(orders) }
  } catch (thrown) {
    orders.close()
    replies.close()
    throw thrown
  }
}

/** Checkpoints and drops the locks. */
export function closeVault(vault: Vault): void {
  vault.orders.close()
  vault.replies.close()
}

/**
 * A key that is wrong and a first page that is damaged look the same to SQLite. The two files vouch for each other:
 * where the key opens one of them, the other is damaged.
 */
async function openBoth(
  ordersFile: string,
  repliesFile: string,
  key: string,
  log: Log,
): Promise<{ orders: Connection; replies: Connection }> {
  const older = holdsSomething(repliesFile)
  const orders = await openConnection(ordersFile, key, log).catch(toDatabaseErrorValue)
  if (orders instanceof AppError && orders.code !== 'databaseKeyWrong') throw orders
  if (orders instanceof AppError && !older) throw orders
  const replies = await openConnection(repliesFile, key, log, repliesCacheKib).catch(toDatabaseErrorValue)
  if (!(orders instanceof AppError) && !(replies instanceof AppError)) return { orders, replies }
  if (!(orders instanceof AppError)) orders.close()
  if (!(replies instanceof AppError)) replies.close()
  const failed = orders instanceof AppError ? orders : replies
  const bothWrong = orders instanceof AppError && replies instanceof AppError
  if (!(failed instanceof AppError) || failed.code !== 'databaseKeyWrong' || bothWrong) throw failed
  const file = failed === orders ? 'orders' : 'replies'
  throw new AppError('databaseCorrupt', `the ${file} file does not open with the other's key`, {
    data: { file },
    cause: failed,
  })
}

function toDatabaseErrorValue(thrown: unknown): AppError {
  const error = toDatabaseError(thrown)
  if (error instanceof AppError) return error
  throw thrown
}

/** An orders file cut down to nothing beside replies that are still there is damage, not a fresh start. */
function refuseEmptied(ordersFile: string, repliesFile: string): void {
  if (holdsSomething(repliesFile) && !holdsSomething(ordersFile))
    throw new AppError('databaseCorrupt', 'the orders file is missing or empty beside its replies', {
      data: { file: 'orders' },
    })
}

function holdsSomething(file: string): boolean {
  return existsSync(file) && statSync(file).size > 0
}

async function fingerprintSecret(orders: Connection): Promise<string> {
  const name = 'fingerprintSecret'
  await orders.write(() =>
    orders.run('INSERT OR IGNORE INTO meta VALUES (?, ?)', [name, randomBytes(32).toString('hex')]),
  )
  return orders.get<{ value: string }>('SELECT value FROM meta WHERE name = ?', [name])?.value ?? ''
}

/**
 * Nothing is sent before its attempt is committed, so an open request without an attempt that may have done something
 * has surely failed. A reply still being received when the process ended is cut off. Files of killed exports hold
 * customers' data and go.
 */
async function settle(orders: Connection, replies: Connection): Promise<void> {
  const files = orders.column<string>('SELECT file FROM export_files')
  for (const file of files) rmSync(file, { force: true })
  await orders.write(() => {
    orders.run('DELETE FROM export_files')
    orders.run(
      `UPDATE requests SET state = 'failed', closed_at = opened_at WHERE state = 'open'
       AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.request = requests.id AND a.did_nothing = 0)`,
    )
  })
  await replies.write(() =>
    replies.run(`UPDATE replies SET state = 'cutOff', error = 'processGone' WHERE state = 'receiving'`),
  )
}

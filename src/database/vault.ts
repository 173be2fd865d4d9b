import { randomBytes } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'
import { partEnding } from './backup/durable-file.ts'
import { openConnection, openLock, type Connection, type Log } from './connection.ts'
import { toDatabaseError } from './database-error.ts'
import { migrate } from './migrations/migrate.ts'
import { ordersMigrations } from './migrations/orders/index.ts'
import { repliesMigrations } from './migrations/replies/index.ts'
import { inspectLog } from './pages/inspect-log.ts'
import { pageBytes } from './pages/page-macs.ts'
import { StandingFile, type StandingFiles } from './pages/standing-file.ts'
import { asideName, lockFile, ordersFile as ordersFileIn, repliesFile as repliesFileIn } from './restore/file-set.ts'
import { finishMoves } from './restore/moves.ts'
import { removeLeftShadow } from './rebuild/left-shadow.ts'
import { addMissingCallsTx, noteCounted } from './restore/counted-calls.ts'
import { askAgainTx, askedAccounts, settleRecovering } from './restore/recovering.ts'

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
  /** The files as they lie on the disk. */
  readonly files: StandingFiles
  /** The process before did not close the files. */
  readonly unclean: boolean
  /** The end of the orders' log could not be read: what it held is noted to be asked again. */
  readonly lostTail: boolean
  readonly lock: FolderLock
}

export interface FolderLock {
  release(): void
}

/** Held for as long as anything in this folder is opened, moved or restored. Throws SQLITE_BUSY. */
export function lockFolder({ folder, name }: Pick<VaultPlace, 'folder' | 'name'>): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true })
  return openLock(lockFile(folder, name))
}

/** Replies are written once and read once: a large page cache would only hold memory. */
const repliesCacheKib = 4_096

/** Opens (or makes) both files, locks and migrates them, and settles what the last end left behind. */
export async function openVault(place: VaultPlace, now: number, log: Log): Promise<Vault> {
  const lock = await lockFolder(place)
  try {
    finishMoves(place.folder, place.name)
    return { ...(await openLocked(place, now, log)), lock }
  } catch (thrown) {
    lock.release()
    throw thrown
  }
}

async function openLocked({ folder, name, key }: VaultPlace, now: number, log: Log): Promise<Omit<Vault, 'lock'>> {
  const ordersFile = ordersFileIn(folder, name)
  const repliesFile = repliesFileIn(folder, name)
  refuseEmptied(ordersFile, repliesFile)
  const logBefore = inspectLog(`${ordersFile}-wal`)
  const copy = logBefore.used ? copyLog(ordersFile) : null
  const { orders, replies } = await openBoth(ordersFile, repliesFile, key, log)
  try {
    removeLeftShadow(ordersFile)
    const lostTail = orders.checkpoint().frames < logBefore.committedFrames
    if (copy !== null) settleCopy(copy, ordersFile, lostTail ? now : null)
    await migrate(orders, ordersMigrations, now)
    await migrate(replies, repliesMigrations, now)
    await settle(orders, replies)
    await settleRecovering(orders, replies)
    if (lostTail) await orders.write(() => askForTailTx(orders, replies, now))
    const files = { key, orders: new StandingFile(orders), replies: new StandingFile(replies) }
    const secret = await fingerprintSecret(orders)
    await noteCounted(orders, replies, secret)
    return { orders, replies, fingerprintSecret: secret, files, unclean: logBefore.used, lostTail }
  } catch (thrown) {
    orders.close()
    replies.close()
    throw thrown
  }
}

/** SQLite goes on from the last commit it could read and overwrites the rest. Null where there is no room for a copy. */
function copyLog(ordersFile: string): string | null {
  const copy = `${ordersFile}-wal${partEnding}`
  try {
    copyFileSync(`${ordersFile}-wal`, copy)
    return copy
  } catch {
    rmSync(copy, { force: true })
    return null
  }
}

/** Keeps the copy under a dated name where the log was damaged at `damagedAt`. */
function settleCopy(copy: string, ordersFile: string, damagedAt: number | null): void {
  if (damagedAt === null) return rmSync(copy, { force: true })
  const stamp = `damaged-${new Date(damagedAt).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}`
  const folder = dirname(ordersFile)
  renameSync(copy, join(folder, asideName(folder, `${basename(ordersFile)}-wal`, stamp)))
}

/** Checkpoints and drops the locks. */
export function closeVault(vault: Vault): void {
  vault.orders.close()
  vault.replies.close()
  vault.files.orders.close()
  vault.files.replies.close()
  vault.lock.release()
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
  const orders = await openConnection(ordersFile, key, log, { shared: true }).catch(toDatabaseErrorValue)
  if (orders instanceof AppError && orders.code !== 'databaseKeyWrong') throw orders
  if (orders instanceof AppError && !older) throw orders
  const replies = await openConnection(repliesFile, key, log, { cacheKib: repliesCacheKib, shared: true }).catch(
    toDatabaseErrorValue,
  )
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

/** SQLite takes a file of less than a page for an empty one and would begin anew in it. */
function holdsSomething(file: string): boolean {
  return existsSync(file) && statSync(file).size >= pageBytes
}

/** What the lost end of a log held: calls that still count, and orders that are asked for again. */
function askForTailTx(orders: Connection, replies: Connection, now: number): void {
  addMissingCallsTx(orders, replies, now)
  for (const asked of askedAccounts(orders)) askAgainTx(orders, asked, now, false)
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
    // Deleting nothing would write a page, and then every start would change the file.
    if (files.length > 0) orders.run('DELETE FROM export_files')
    orders.run(
      `UPDATE requests SET state = 'failed', closed_at = opened_at WHERE state = 'open'
       AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.request = requests.id AND a.did_nothing = 0)`,
    )
  })
  await replies.write(() =>
    replies.run(`UPDATE replies SET state = 'cutOff', error = 'processGone' WHERE state = 'receiving'`),
  )
}

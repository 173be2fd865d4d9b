import { existsSync, mkdirSync, openSync, rmSync, closeSync, fsyncSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { CallContext, InputOf, OutputOf, ProgressOf } from '#shared/rpc/route.ts'
import { Archive } from '../backup/archive.ts'
import { syncFile, writeText } from '../backup/durable-file.ts'
import { openConnection, type Connection, type Log } from '../connection.ts'
import { isWhole } from '../pages/check-structure.ts'
import { migrate } from '../migrations/migrate.ts'
import { ordersMigrations } from '../migrations/orders/index.ts'
import { carryTx, nothingCarried, readCarried, type Carried } from './carry-attempts.ts'
import { diagnoseFile } from './diagnose.ts'
import { asideName, databaseExists, ordersFile, repliesFile } from './file-set.ts'
import { commitMoves, movesPending, stagingFolder, type Move } from './moves.ts'
import { forgetExportsTx, noteRecoveringTx } from './recovering.ts'

type Input = InputOf<DatabaseRoutes['restore.run']>
type Context = CallContext<ProgressOf<DatabaseRoutes['restore.run']>>

/**
 * Makes the restored files ready beside the present ones, then changes places: until the list of moves is durable
 * nothing has changed, afterwards everything will. The folder's lock is held by the caller. Throws notABackup,
 * backupDamaged, databaseNewer, databaseKeyWrong, diskFull.
 */
export async function restore(
  input: Input,
  context: Context,
  log: Log,
): Promise<OutputOf<DatabaseRoutes['restore.run']>> {
  const { folder, name } = input
  const staging = stagingFolder(folder, name)
  rmSync(staging, { recursive: true, force: true })
  mkdirSync(staging, { recursive: true, mode: 0o700 })
  try {
    const keepReplies = await presentRepliesAreOurs(input, log)
    const archived = input.archive === null ? [] : await extract(input.archive, name, staging, !keepReplies, context)
    await prepareOrders(input, ordersFile(staging, name), log)
    const moves = movesFor(input, keepReplies, archived.includes('replies'))
    for (const { name: file, text } of input.texts) await writeText(join(staging, file), text)
    context.signal.throwIfAborted()
    await commitMoves(folder, name, moves)
    return {
      setAside: moves.flatMap(({ aside }) => (aside !== null && databaseExists(join(folder, aside)) ? [aside] : [])),
    }
  } catch (thrown) {
    if (!movesPending(folder, name)) rmSync(staging, { recursive: true, force: true })
    throw thrown
  }
}

/** Raw replies of the same key that are whole know more than any backup of them. */
async function presentRepliesAreOurs({ folder, name, key, presentKey }: Input, log: Log): Promise<boolean> {
  if (presentKey !== key) return false
  return (await diagnoseFile(repliesFile(folder, name), key, log)).health === 'good'
}

async function extract(
  file: string,
  name: string,
  staging: string,
  withReplies: boolean,
  { progress, signal }: Context,
): Promise<string[]> {
  const archive = Archive.open(file)
  try {
    const wanted = archive.header.files.filter((one) => one.name === 'orders' || withReplies)
    const total = wanted.reduce((sum, { bytes }) => sum + bytes, 0)
    let before = 0
    for (const { name: part, bytes } of wanted) {
      const target = part === 'orders' ? ordersFile(staging, name) : repliesFile(staging, name)
      await fill(target, (write) =>
        archive.read(part, write, (done) => {
          signal.throwIfAborted()
          progress({ done: before + done, total })
        }),
      )
      before += bytes
    }
    return wanted.map((one) => one.name)
  } finally {
    archive.close()
  }
}

async function fill(
  target: string,
  from: (write: (bytes: Uint8Array) => Promise<void>) => Promise<void>,
): Promise<void> {
  const fd = openSync(target, 'wx', 0o600)
  try {
    await from(async (bytes) => {
      for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done)
    })
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Brings the staged orders (a new file where there is no backup) to this version and hands over what must not be lost. */
async function prepareOrders(input: Input, file: string, log: Log): Promise<void> {
  const carried = await carriedFrom(input, log)
  const orders = await openConnection(file, input.key, log)
  try {
    if (input.archive !== null && !isWhole(orders, log))
      throw new AppError('backupDamaged', 'the orders in the backup are not whole')
    await migrate(orders, ordersMigrations, input.at)
    await orders.write(() => {
      carryTx(orders, carried)
      forgetExportsTx(orders)
      noteRecoveringTx(orders, { askAgain: input.askAgain, at: input.at, anew: input.archive === null })
    })
  } finally {
    orders.close()
  }
  syncFile(file)
  for (const extra of ['-wal', '-shm']) rmSync(`${file}${extra}`, { force: true })
}

/** The present orders may be damaged, of another key or set aside already; without them there is nothing to hand over. */
async function carriedFrom({ folder, name, presentKey, carryFrom }: Input, log: Log): Promise<Carried> {
  const present = ordersFile(folder, name)
  const file = existsSync(present) || carryFrom === null ? present : join(folder, carryFrom)
  if (presentKey === null || !existsSync(file)) return nothingCarried
  let orders: Connection | null = null
  try {
    orders = await openConnection(file, presentKey, log)
    return readCarried(orders, log)
  } catch (thrown) {
    log(`the present orders give no calls: ${String(thrown)}`)
    return nothingCarried
  } finally {
    orders?.close()
  }
}

function movesFor({ folder, name, stamp, texts }: Input, keepReplies: boolean, stagedReplies: boolean): Move[] {
  const aside = (target: string): string => asideName(folder, target, stamp)
  const orders = `${name}.db`
  const replies = `${name}-replies.db`
  return [
    { staged: orders, target: orders, aside: aside(orders) },
    ...(keepReplies ? [] : [{ staged: stagedReplies ? replies : null, target: replies, aside: aside(replies) }]),
    ...texts.map(({ name: file, keep }) => ({ staged: file, target: file, aside: keep ? aside(file) : null })),
  ]
}

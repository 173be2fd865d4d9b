import type { BackupHeader } from '#shared/database/backup-header.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { CallContext, InputOf, OutputOf, ProgressOf } from '#shared/rpc/route.ts'
import { readPages, type PagesRead } from '../pages/read-pages.ts'
import type { StandingFile, StandingFiles } from '../pages/standing-file.ts'
import { frontOf } from './archive.ts'
import { writeWhole, type WriteBytes } from './durable-file.ts'

type Input = InputOf<DatabaseRoutes['backup.write']>
type Context = CallContext<ProgressOf<DatabaseRoutes['backup.write']>>
interface Held {
  readonly name: 'orders' | 'replies'
  readonly file: StandingFile
  readonly fd: number
  readonly bytes: number
}

/**
 * The orders are held first: what a replies file that is a moment younger holds more is merged after a restore. Both
 * stand still while they are read twice: for the header's sums, then into the backup.
 */
export async function writeBackup(
  sources: StandingFiles,
  input: Input,
  context: Context,
): Promise<OutputOf<DatabaseRoutes['backup.write']>> {
  return sources.orders.held((orders) => {
    const first: Held = { name: 'orders', file: sources.orders, ...orders }
    if (!input.withReplies) return writeHeld(sources.key, [first], input, context)
    return sources.replies.held((replies) =>
      writeHeld(sources.key, [first, { name: 'replies', file: sources.replies, ...replies }], input, context),
    )
  })
}

async function writeHeld(
  key: string,
  held: readonly Held[],
  input: Input,
  context: Context,
): Promise<OutputOf<DatabaseRoutes['backup.write']>> {
  const step = stepsOf(held, context)
  const files: BackupHeader['files'] = []
  for (const one of held) {
    const { sha256 } = await verified(key, one, step)
    files.push({ name: one.name, bytes: one.bytes, sha256 })
  }
  if (files[0]?.sha256 === input.unlessOrders) return { written: false, bytes: 0 }
  const front = frontOf({ ...input.about, files })
  const written = await writeWhole(input.file, async (write) => {
    await write(front)
    for (const one of held) await verified(key, one, step, write)
    for (const one of held) one.file.check()
    return true
  })
  return { written, bytes: front.length + files.reduce((total, { bytes }) => total + bytes, 0) }
}

/** A backup of a damaged page would only spread the damage. */
async function verified(
  key: string,
  { name, file, fd, bytes }: Held,
  step: Steps,
  onSlice?: WriteBytes,
): Promise<PagesRead> {
  const read = await readPages({
    fd,
    bytes,
    key,
    check: () => step.check(file),
    progress: (done) => step.progress(done),
    ...(onSlice === undefined ? {} : { onSlice }),
  })
  step.next(bytes)
  if (read.damaged) throw new AppError('databaseCorrupt', `a page of ${name} is damaged`, { data: { file: name } })
  return read
}

type Steps = ReturnType<typeof stepsOf>

/** Progress over two readings of every file. */
function stepsOf(held: readonly Held[], { progress, signal }: Context) {
  const total = 2 * held.reduce((sum, { bytes }) => sum + bytes, 0)
  let before = 0
  return {
    check(file: StandingFile): void {
      file.check()
      signal.throwIfAborted()
    },
    progress: (done: number): void => progress({ done: before + done, total }),
    next(bytes: number): void {
      before += bytes
    },
  }
}

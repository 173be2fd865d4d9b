import { randomUUID } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { csvBom, csvRow } from '#domain/csv.ts'
import type { CallContext, InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { ExportProgress, ExportResult } from '#shared/contract/exports.ts'
import type { IdLists } from '../orders/id-lists.ts'
import type { Session } from '../session.ts'
import { untilNextTurn } from '../steps.ts'
import { createRowReader } from './row-reader.ts'

type ExportInput = InputOf<DatabaseRoutes['exports.write']>

const rowsPerStep = 1_000

/**
 * Writes what the filter shows as CSV. The ids are read once, so the rows are those of one moment; the file appears
 * under its name only when it is whole and durable. Cancelled or failed: nothing is left. Throws diskFull,
 * fileNotWritable, cancelled.
 */
export async function writeExport(
  session: Session,
  lists: IdLists,
  input: ExportInput,
  { signal, progress }: CallContext<ExportProgress>,
): Promise<ExportResult> {
  const ids = lists.read(input.filter, input.sort)
  const temporary = join(dirname(input.file), `.${basename(input.file)}.${randomUUID().slice(0, 8)}.haoka-part`)
  const { orders } = session
  await orders.write(() => orders.run('INSERT OR IGNORE INTO export_files VALUES (?)', [temporary]))
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await writeRows(session, file, ids, input, signal, progress)
      await file.sync()
    } finally {
      await file.close()
    }
    signal.throwIfAborted()
    await rename(temporary, input.file)
    await syncFolder(dirname(input.file))
    return { rows: ids.length, changes: 0, outsideGbk: 0, shortened: 0 }
  } finally {
    await rm(temporary, { force: true })
    await orders.write(() => orders.run('DELETE FROM export_files WHERE file = ?', [temporary]))
  }
}

async function writeRows(
  session: Session,
  file: FileHandle,
  ids: Int32Array,
  input: ExportInput,
  signal: AbortSignal,
  progress: (value: ExportProgress) => void,
): Promise<void> {
  const header = input.columns.map((column) => input.words.columns[column] ?? column)
  await file.appendFile(csvBom + csvRow(header, input.plain))
  const read = createRowReader(session, input)
  for (let start = 0; start < ids.length; start += rowsPerStep) {
    signal.throwIfAborted()
    const step = ids.subarray(start, start + rowsPerStep)
    let text = ''
    for (const cells of read(step)) text += csvRow(cells, input.plain)
    await file.appendFile(text)
    const rows = start + step.length
    progress({ part: 'orders', rows, total: ids.length, share: rows / ids.length })
    await untilNextTurn()
  }
}

/** Makes the rename itself durable, where the system can open a folder (Windows cannot). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  if (handle === null) return
  await handle.sync().catch(() => undefined)
  await handle.close()
}

import { rm, type FileHandle } from 'node:fs/promises'
import type { z } from 'zod'
import type { ExportProgress, ExportResult } from '#shared/contract/exports.ts'
import type { databaseRoutes } from '#shared/database/contract.ts'
import type { CallContext } from '#shared/rpc/route.ts'
import type { IdLists } from '../orders/id-lists.ts'
import type { Session } from '../session.ts'
import { writeCsv } from './csv-file.ts'
import { historyTable } from './history-table.ts'
import { createInLots } from './in-lots.ts'
import { orderTable } from './order-table.ts'
import { openPart, partFile, placeParts, type PartFile } from './part-files.ts'
import { Snapshot } from './snapshot.ts'
import { writeXlsx } from './xlsx-file.ts'

type ExportInput = z.output<(typeof databaseRoutes)['exports.write']['input']>

/**
 * Writes what the filter shows, as it is at one moment. The files appear under their names only when they are whole and
 * durable. Cancelled or failed: nothing is left, and what lay there before is as it was. Throws diskFull, fileInUse,
 * folderGone, fileNotWritable, cancelled.
 */
export async function writeExport(
  session: Session,
  lists: IdLists,
  input: ExportInput,
  context: CallContext<ExportProgress>,
): Promise<ExportResult> {
  const { orders } = session
  // The history comes first: the file that was asked for by name completes the export.
  const targets = secondFile(input) === null ? [input.file] : [secondFile(input) ?? '', input.file]
  const parts = targets.map(partFile)
  // Made in pieces beside other writes; within ours there is then hardly anything left to do.
  await lists.get(input.filter, input.sort)
  const { ids, snapshot } = await orders.write(async () => {
    const ids = await lists.get(input.filter, input.sort)
    for (const { temporary } of parts) orders.run('INSERT OR IGNORE INTO export_files VALUES (?)', [temporary])
    return { ids, snapshot: Snapshot.takeTx(orders) }
  })
  try {
    const result = await writeParts(parts, (files) => writeTables(files, snapshot, ids, input, context))
    context.signal.throwIfAborted()
    await placeParts(parts)
    return result
  } finally {
    for (const { temporary } of parts) await rm(temporary, { force: true })
    await orders.write(() => {
      snapshot.dropTx()
      for (const { temporary } of parts) orders.run('DELETE FROM export_files WHERE file = ?', [temporary])
    })
  }
}

/** Where the history of a CSV goes; null: nowhere, or (XLSX) into the same file. */
function secondFile({ format, history, historyFile, file }: ExportInput): string | null {
  if (format === 'xlsx' || !history) return null
  return historyFile ?? `${file}.history.csv`
}

async function writeParts<T>(
  parts: readonly PartFile[],
  write: (files: readonly FileHandle[]) => Promise<T>,
): Promise<T> {
  const files: FileHandle[] = []
  try {
    for (const part of parts) files.push(await openPart(part))
    const result = await write(files)
    for (const file of files) await file.sync()
    return result
  } finally {
    for (const file of files) await file.close()
  }
}

async function writeTables(
  files: readonly FileHandle[],
  snapshot: Snapshot,
  ids: Int32Array,
  input: ExportInput,
  context: CallContext<ExportProgress>,
): Promise<ExportResult> {
  const file = files.at(-1) as FileHandle
  const inLots = createInLots(ids, input.history ? ['orders', 'history'] : ['orders'], context)
  const orders = orderTable(snapshot, input.columns, input, inLots)
  const history = input.history ? historyTable(snapshot, input, inLots) : null
  const result = { rows: ids.length, changes: 0, outsideGbk: 0, shortened: 0 }
  if (input.format === 'xlsx') {
    Object.assign(result, await writeXlsx(file, history === null ? [orders] : [orders, history]))
  } else {
    result.outsideGbk += (await writeCsv(file, orders, input)).outsideGbk
    if (history !== null) result.outsideGbk += (await writeCsv(files[0] as FileHandle, history, input)).outsideGbk
  }
  return { ...result, changes: history?.written() ?? 0 }
}

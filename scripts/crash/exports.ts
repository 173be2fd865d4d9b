import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { orderColumns } from '#domain/vocabulary.ts'
import { exportWords } from '#main/exports/export-words.ts'
import type { TruthOrder } from '#practice/gateway.ts'
import type { Findings } from './compare.ts'
import type { Desk } from './desk.ts'

/** An empty folder for a round's export; returns the file's name. */
export function clearExports(folder: string): string {
  const exports = join(folder, 'exports')
  rmSync(exports, { recursive: true, force: true })
  mkdirSync(exports)
  return join(exports, 'orders.csv')
}

/** What a killed export left: nothing, or the whole file under its name, byte for byte as it is written again. */
export async function checkKilledExport(desk: Desk, file: string, { wrong }: Findings): Promise<void> {
  const left = readdirSync(dirname(file)).filter((name) => name !== basename(file))
  for (const name of left) wrong.push(`a killed export left ${name}`)
  if (!existsSync(file)) return
  const again = `${file}.again`
  await desk.call('export', { file: again })
  if (!readFileSync(file).equals(readFileSync(again))) wrong.push('a killed export left half a file')
}

/** An export of all columns holds every order once, in its stage. */
export async function checkExport(
  desk: Desk,
  file: string,
  truth: readonly TruthOrder[],
  { lost, duplicated, wrong }: Findings,
): Promise<void> {
  await desk.call('export', { file })
  const [, ...rows] = parse(readFileSync(file), { bom: true }) as string[][]
  const byNumber = Map.groupBy(rows, (cells) => cells[orderColumns.indexOf('orderNo')])
  const stageAt = orderColumns.indexOf('stage')
  const { stages } = exportWords('zh-CN')
  for (const { orderNo, stage } of truth) {
    const [row, ...doubles] = byNumber.get(orderNo) ?? []
    if (row === undefined) lost.push(`order ${orderNo} in the export`)
    else if (row[stageAt] !== stages[stage]) wrong.push(`order ${orderNo} in the export: ${row[stageAt]}`)
    if (doubles.length > 0) duplicated.push(`order ${orderNo} in the export`)
  }
}

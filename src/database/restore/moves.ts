import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { syncFolder, writeText } from '../backup/durable-file.ts'
import { databaseExists, moveDatabase } from './file-set.ts'

const fileName = z
  .string()
  .min(1)
  .max(300)
  .regex(/^[^/\\]+$/)

const movesSchema = z.strictObject({
  version: z.literal(1),
  moves: z
    .array(
      z.strictObject({
        /** In the staging folder; null: nothing comes, only what is there goes. */
        staged: fileName.nullable(),
        target: fileName,
        /** Where the present one goes; null: it is replaced. */
        aside: fileName.nullable(),
      }),
    )
    .max(20),
})
export type Move = z.infer<typeof movesSchema>['moves'][number]

/** Where a restore is made ready. What lies in it without a list of moves was never finished and counts for nothing. */
export function stagingFolder(folder: string, name: string): string {
  return join(folder, `${name}.restoring`)
}

function listFile(folder: string, name: string): string {
  return join(folder, `${name}.restore.json`)
}

/** True from the moment a restore is certain to the end of its moves. */
export function movesPending(folder: string, name: string): boolean {
  return existsSync(listFile(folder, name))
}

/** From the moment the list is durable the restore has happened: whatever ends, the next process makes the moves. */
export async function commitMoves(folder: string, name: string, moves: readonly Move[]): Promise<void> {
  syncFolder(stagingFolder(folder, name))
  await writeText(listFile(folder, name), JSON.stringify({ version: 1, moves }))
  finishMoves(folder, name)
}

/** Makes the moves that an earlier process left. Each may have been made already. Answers whether there were any. */
export function finishMoves(folder: string, name: string): boolean {
  const list = listFile(folder, name)
  const staging = stagingFolder(folder, name)
  const pending = existsSync(list)
  if (pending) {
    const { moves } = movesSchema.parse(JSON.parse(readFileSync(list, 'utf8')))
    for (const move of moves) makeMove(folder, staging, move)
    syncFolder(folder)
    rmSync(list)
    syncFolder(folder)
  }
  rmSync(staging, { recursive: true, force: true })
  return pending
}

/** A staged file that is no longer in the staging folder has arrived: what lies in its place now is the new one. */
function makeMove(folder: string, staging: string, { staged, target, aside }: Move): void {
  const from = staged === null ? null : join(staging, staged)
  const to = join(folder, target)
  const arrived = from !== null && !databaseExists(from)
  if (arrived) return
  if (aside !== null) moveDatabase(to, join(folder, aside))
  if (from !== null) moveDatabase(from, to)
}

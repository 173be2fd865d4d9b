import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { AppError, type ErrorCode } from '#shared/errors.ts'

/** A file that is written under another name beside its place, and takes its name only when it is whole and durable. */
export interface PartFile {
  readonly target: string
  readonly temporary: string
}

export function partFile(target: string): PartFile {
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID().slice(0, 8)}.haoka-part`)
  return { target, temporary }
}

/** Throws folderGone and what `open` throws. */
export async function openPart({ temporary }: PartFile): Promise<FileHandle> {
  try {
    return await open(temporary, 'wx', 0o600)
  } catch (thrown) {
    throw codeOf(thrown) === 'ENOENT' ? folderGone(thrown) : thrown
  }
}

/**
 * Gives the files their names, in that order. Where one cannot have it, those that were new before it go again: a
 * history alone would be half an export. Throws fileInUse, folderGone.
 */
export async function placeParts(parts: readonly PartFile[]): Promise<void> {
  const placed: string[] = []
  for (const { target, temporary } of parts) {
    const isNew = !existsSync(target)
    try {
      await rename(temporary, target)
    } catch (thrown) {
      await Promise.all(placed.map((file) => rm(file, { force: true })))
      throw placingError(thrown)
    }
    if (isNew) placed.push(target)
    await syncFolder(dirname(target))
  }
}

/** Windows refuses to replace a file that Excel or WPS holds open; the folder itself has just been written to. */
const inUse: ReadonlySet<string> = new Set(['EBUSY', 'EPERM', 'EACCES', 'ETXTBSY'])

/** Why a finished file could not take its name. */
export function placingError(thrown: unknown): unknown {
  const code = codeOf(thrown)
  if (inUse.has(code)) return coded('fileInUse', thrown)
  return code === 'ENOENT' ? folderGone(thrown) : thrown
}

function folderGone(cause: unknown): AppError {
  return coded('folderGone', cause)
}

function coded(code: ErrorCode, cause: unknown): AppError {
  return new AppError(code, codeOf(cause), { cause })
}

function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}

/** Makes the rename itself durable, where the system can open a folder (Windows cannot). */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  if (handle === null) return
  await handle.sync().catch(() => undefined)
  await handle.close()
}

import { randomUUID } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, write } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'

const writeAt = promisify(write)

/** Ends the name of a file that is not whole yet; what an early end leaves is recognised by it. */
export const partEnding = '.haoka-part'

/** Takes bytes in order. Resolves once the system has them. */
export type WriteBytes = (bytes: Uint8Array) => Promise<void>

/**
 * Fills a file under another name beside it (in a new folder where there is none), makes it durable and puts it in its place; on an error nothing is left
 * and what was in its place stays. Answers false where `fill` did: then nothing is written either.
 */
export async function writeWhole(file: string, fill: (write: WriteBytes) => Promise<boolean>): Promise<boolean> {
  if (!existsSync(dirname(file))) mkdirSync(dirname(file))
  const part = join(dirname(file), `.${basename(file)}.${randomUUID().slice(0, 8)}${partEnding}`)
  const fd = openSync(part, 'wx', 0o600)
  let open = true
  try {
    const filled = await fill((bytes) => writeAll(fd, bytes))
    if (filled) fsyncSync(fd)
    closeSync(fd)
    open = false
    if (filled) renameSync(part, file)
    return filled
  } finally {
    if (open) closeSync(fd)
    rmSync(part, { force: true })
    syncFolder(dirname(file))
  }
}

/** Small texts in one go, durable under their own name at once. */
export async function writeText(file: string, text: string): Promise<void> {
  await writeWhole(file, async (writeBytes) => {
    await writeBytes(Buffer.from(text))
    return true
  })
}

/** Makes what was written through other handles durable. */
export function syncFile(file: string): void {
  const fd = openSync(file, 'r+')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Makes renames durable. Windows cannot open a folder and needs no such call. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

async function writeAll(fd: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) done += (await writeAt(fd, bytes, done, bytes.length - done)).bytesWritten
}

import { randomUUID } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { AppError } from '#shared/errors.ts'

/**
 * Replaces a file so that after any crash either the old or the new text is there, whole.
 * Throws diskFull or fileNotWritable.
 */
export function writeFileDurably(path: string, content: string | Uint8Array): void {
  placeDurably(path, content, (temporary) => renameSync(temporary, path))
}

/**
 * Makes a file that must not be there yet; false when it already was, and then nothing is changed. Two processes that
 * try at once end with one of the two files, whole.
 */
export function createFileDurably(path: string, text: string): boolean {
  let made = true
  placeDurably(path, text, (temporary) => {
    try {
      linkSync(temporary, path)
    } catch (error) {
      // A file system without hard links (exFAT) has no exclusive rename either: looking first is the best there is.
      if (codeOf(error) === 'EEXIST' || existsSync(path)) made = false
      else renameSync(temporary, path)
    }
  })
  return made
}

/**
 * What a JSON file holds; undefined when there is none, or when what sits there is no JSON (a folder, say). A file that
 * cannot be read just now throws: it is not damaged, and must not be taken for it.
 */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || codeOf(error) === 'EISDIR' || codeOf(error) === 'ENOENT') return undefined
    throw asFileError(error)
  }
}

/** Moves a file (or whatever sits in its place) to `<name>.damaged-YYYYMMDD-HHmmss` beside it and returns that name. */
export function setAside(path: string, nowMs: number): string {
  const stamp = localStamp(new Date(nowMs))
  for (let count = 1; ; count++) {
    const name = `${basename(path)}.damaged-${stamp}${count === 1 ? '' : `-${count}`}`
    const target = join(dirname(path), name)
    if (existsSync(target)) continue
    try {
      renameSync(path, target)
    } catch (error) {
      throw asFileError(error)
    }
    syncFolder(dirname(path))
    return name
  }
}

/** A file-system error as what the merchant can do about it. */
export function asFileError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  const code = codeOf(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('diskFull', code, { cause: thrown })
  return new AppError('fileNotWritable', code ?? 'cannot write', { cause: thrown })
}

function placeDurably(path: string, content: string | Uint8Array, place: (temporary: string) => void): void {
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`
  try {
    mkdirSync(dirname(path), { recursive: true })
    const file = openSync(temporary, 'wx', 0o600)
    try {
      fillDurably(file, content)
      place(temporary)
    } finally {
      rmSync(temporary, { force: true })
    }
    syncFolder(dirname(path))
  } catch (error) {
    throw asFileError(error)
  }
}

function fillDurably(file: number, content: string | Uint8Array): void {
  try {
    writeFileSync(file, content)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Makes a rename itself durable. Windows cannot open a folder and needs no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function codeOf(thrown: unknown): string | null {
  return thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : null
}

/** `YYYYMMDD-HHmmss` in the PC's own time: the name is for the person who looks into the folder. */
export function localStamp(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`
}

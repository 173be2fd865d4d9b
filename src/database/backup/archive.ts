import { createHash } from 'node:crypto'
import { closeSync, existsSync, fstatSync, openSync, read, readSync } from 'node:fs'
import { promisify } from 'node:util'
import { backupFrontBytes, backupHeaderSchema, backupMagic, type BackupHeader } from '#shared/database/backup-header.ts'
import { AppError } from '#shared/errors.ts'
import type { WriteBytes } from './durable-file.ts'

const readAt = promisify(read)
const pieceBytes = 262_144
const newline = 0x0a

type FileName = BackupHeader['files'][number]['name']

/** The front of a backup, as bytes. */
export function frontOf(header: BackupHeader): Buffer {
  const json = JSON.stringify(header)
  return Buffer.from(`${backupMagic}\n${json}\n${sha256(json)}\n`)
}

/** An open backup file. Everything it gives out has been compared with its SHA-256 at the end of the reading. */
export class Archive {
  readonly header: BackupHeader
  readonly #fd: number
  readonly #bodyAt: number

  private constructor(fd: number, header: BackupHeader, bodyAt: number) {
    this.#fd = fd
    this.header = header
    this.#bodyAt = bodyAt
  }

  /** Throws notABackup, backupDamaged, databaseNewer, fileNotWritable's like for a file that cannot be read. */
  static open(file: string): Archive {
    if (!existsSync(file)) throw new AppError('notABackup', 'there is no such file')
    const fd = openSync(file, 'r')
    try {
      const { header, bodyAt } = readFront(fd)
      return new Archive(fd, header, bodyAt)
    } catch (thrown) {
      closeSync(fd)
      throw thrown
    }
  }

  close(): void {
    closeSync(this.#fd)
  }

  holds(name: FileName): boolean {
    return this.header.files.some((file) => file.name === name)
  }

  /** Reads the whole of one file to `take`. Throws backupDamaged after it where a bit differs. */
  async read(name: FileName, take: WriteBytes, progress?: (bytes: number) => void): Promise<void> {
    let at = this.#bodyAt
    for (const file of this.header.files) {
      if (file.name === name) return this.#readBody(at, file, take, progress)
      at += file.bytes
    }
    throw new AppError('internal', `the backup holds no ${name}`)
  }

  async #readBody(
    from: number,
    file: BackupHeader['files'][number],
    take: WriteBytes,
    progress: ((bytes: number) => void) | undefined,
  ): Promise<void> {
    const hash = createHash('sha256')
    const buffer = Buffer.alloc(pieceBytes)
    for (let done = 0; done < file.bytes;) {
      const { bytesRead } = await readAt(this.#fd, buffer, 0, Math.min(pieceBytes, file.bytes - done), from + done)
      if (bytesRead === 0) throw new AppError('backupDamaged', 'the backup was cut off')
      const piece = buffer.subarray(0, bytesRead)
      hash.update(piece)
      await take(piece)
      done += bytesRead
      progress?.(done)
    }
    if (hash.digest('hex') !== file.sha256) throw new AppError('backupDamaged', `${file.name} is not as it was written`)
  }
}

/** Reads every byte of a backup and compares. Throws as Archive.open and read. */
export async function inspectBackup(file: string): Promise<BackupHeader> {
  const archive = Archive.open(file)
  try {
    for (const { name } of archive.header.files) await archive.read(name, async () => undefined)
    return archive.header
  } finally {
    archive.close()
  }
}

function readFront(fd: number): { header: BackupHeader; bodyAt: number } {
  const front = Buffer.alloc(Math.min(backupFrontBytes, fstatSync(fd).size))
  readSync(fd, front, 0, front.length, 0)
  const [magicEnd, jsonEnd, hashEnd] = lineEnds(front, 3)
  if (magicEnd === undefined || !front.subarray(0, magicEnd).equals(Buffer.from(backupMagic))) throw notOurs(front)
  if (jsonEnd === undefined || hashEnd === undefined) throw new AppError('backupDamaged', 'the header was cut off')
  const json = front.subarray(magicEnd + 1, jsonEnd).toString('utf8')
  if (sha256(json) !== front.subarray(jsonEnd + 1, hashEnd).toString('latin1'))
    throw new AppError('backupDamaged', 'the header is not as it was written')
  const header = backupHeaderSchema.safeParse(JSON.parse(json))
  if (!header.success) throw new AppError('databaseNewer', 'the header is of another version')
  return { header: header.data, bodyAt: hashEnd + 1 }
}

/** A damaged magic is still a backup; another version's is one of a newer app; anything else never was one. */
function notOurs(front: Buffer): AppError {
  const begins = front.subarray(0, backupMagic.length).toString('latin1')
  if (/^haoka-desk-backup \d/.test(begins)) return new AppError('databaseNewer', begins)
  const alike = [...begins].filter((letter, index) => letter === backupMagic[index]).length
  return new AppError(
    alike >= backupMagic.length - 2 ? 'backupDamaged' : 'notABackup',
    'the file does not begin as a backup does',
  )
}

function lineEnds(front: Buffer, count: number): number[] {
  const ends: number[] = []
  for (let from = 0; ends.length < count;) {
    const end = front.indexOf(newline, from)
    if (end < 0) break
    ends.push(end)
    from = end + 1
  }
  return ends
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

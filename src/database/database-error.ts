import { AppError, type ErrorCode } from '#shared/errors.ts'

/** SQLite's result codes (https://sqlite.org/rescode.html) in the app's own words, most telling first. */
const meanings: readonly [prefix: string, code: ErrorCode][] = [
  ['SQLITE_FULL', 'diskFull'],
  ['SQLITE_BUSY', 'dataFolderInUse'],
  ['SQLITE_LOCKED', 'dataFolderInUse'],
  ['SQLITE_NOTADB', 'databaseKeyWrong'],
  ['SQLITE_CORRUPT', 'databaseCorrupt'],
  ['SQLITE_IOERR_SHORT_READ', 'databaseCorrupt'],
  ['SQLITE_CANTOPEN', 'fileNotWritable'],
  ['SQLITE_READONLY', 'fileNotWritable'],
  ['SQLITE_PERM', 'fileNotWritable'],
  // A quota or a file-size limit shows as a failed write; there is no more room either way.
  ['SQLITE_IOERR_WRITE', 'diskFull'],
  ['SQLITE_IOERR_TRUNCATE', 'diskFull'],
  ['SQLITE_IOERR', 'diskFailing'],
]

const fileMeanings: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EFBIG: 'diskFull',
  EIO: 'diskFailing',
  EACCES: 'fileNotWritable',
  EPERM: 'fileNotWritable',
  EROFS: 'fileNotWritable',
  ENOENT: 'fileNotWritable',
  ENOTDIR: 'fileNotWritable',
  EISDIR: 'fileNotWritable',
  EBUSY: 'fileNotWritable',
  ENAMETOOLONG: 'fileNotWritable',
}

/** Any thrown value of this process with the code a merchant can act on. What SQLite says names no values. */
export function toDatabaseError(thrown: unknown): unknown {
  if (thrown instanceof AppError || !(thrown instanceof Error) || !('code' in thrown)) return thrown
  const sqlite = String(thrown.code)
  const code = meanings.find(([prefix]) => sqlite.startsWith(prefix))?.[1] ?? fileMeanings[sqlite]
  return code === undefined ? thrown : new AppError(code, `${sqlite}: ${thrown.message}`, { cause: thrown })
}

import { describe, expect, it } from 'vitest'
import { toDatabaseError } from '#database/database-error.ts'

const withCode = (code: string): Error => Object.assign(new Error('as it says'), { code })

describe('an error of SQLite or of a file', () => {
  it.each([
    ['SQLITE_FULL', 'diskFull'],
    ['SQLITE_IOERR_WRITE', 'diskFull'],
    ['ENOSPC', 'diskFull'],
    ['SQLITE_IOERR_READ', 'diskError'],
    ['SQLITE_IOERR_FSYNC', 'diskError'],
    ['SQLITE_IOERR', 'diskError'],
    ['EIO', 'diskError'],
    ['SQLITE_BUSY', 'dataFolderInUse'],
    ['SQLITE_BUSY_SNAPSHOT', 'dataFolderInUse'],
    ['SQLITE_CORRUPT', 'databaseCorrupt'],
    ['SQLITE_CORRUPT_INDEX', 'databaseCorrupt'],
    ['SQLITE_IOERR_SHORT_READ', 'databaseCorrupt'],
    ['SQLITE_NOTADB', 'databaseKeyWrong'],
    ['SQLITE_READONLY', 'fileNotWritable'],
    ['EACCES', 'fileNotWritable'],
  ])('%s is %s', (code, meaning) => {
    expect(toDatabaseError(withCode(code))).toMatchObject({ code: meaning })
  })

  it('of our own making stays what it is', () => {
    const bug = new TypeError('a bug')
    expect(toDatabaseError(bug)).toBe(bug)
    expect(toDatabaseError(withCode('SQLITE_MISUSE'))).toMatchObject({ code: 'SQLITE_MISUSE' })
  })
})

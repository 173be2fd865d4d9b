import { expect, it } from 'vitest'
import { toDatabaseError } from '#database/database-error.ts'
import { AppError } from '#shared/errors.ts'

const thrown = (code: string) => Object.assign(new Error('what the library says'), { code })

it.each([
  ['SQLITE_FULL', 'diskFull'],
  ['SQLITE_IOERR_WRITE', 'diskFull'],
  ['SQLITE_IOERR_FSYNC', 'diskFailing'],
  ['SQLITE_IOERR_READ', 'diskFailing'],
  ['SQLITE_IOERR_SHORT_READ', 'databaseCorrupt'],
  ['SQLITE_CORRUPT_INDEX', 'databaseCorrupt'],
  ['SQLITE_BUSY', 'dataFolderInUse'],
  ['SQLITE_BUSY_RECOVERY', 'dataFolderInUse'],
  ['SQLITE_NOTADB', 'databaseKeyWrong'],
  ['SQLITE_CANTOPEN', 'fileNotWritable'],
  ['ENOSPC', 'diskFull'],
  ['EIO', 'diskFailing'],
  ['EACCES', 'fileNotWritable'],
])('%s is %s to the merchant', (library, code) => {
  const cause = thrown(library)
  expect(toDatabaseError(cause)).toMatchObject({ code, message: `${library}: what the library says`, cause })
})

it('leaves alone what it does not know', () => {
  const odd = thrown('SQLITE_MISUSE')
  const known = new AppError('cancelled')
  for (const value of [odd, known, new Error('no code'), 'text', null]) expect(toDatabaseError(value)).toBe(value)
})

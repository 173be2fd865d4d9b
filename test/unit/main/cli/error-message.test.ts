import { describe, expect, it } from 'vitest'
import { errorMessage } from '#main/cli/error-message.ts'
import { usageError } from '#main/cli/usage-error.ts'
import { AppError, errorCodes, type ErrorCode } from '#shared/errors.ts'
import { locales } from '#shared/locales/index.ts'

describe('an error on the command line', () => {
  it('says what to do next, in the language of the settings', () => {
    const error = new AppError('passphraseNeeded')
    expect(errorMessage('zh-CN', error)).toContain('HAOKA_PASSPHRASE')
    expect(errorMessage('zh-CN', error)).toMatch(/^需要口令。/)
    expect(errorMessage('en', error)).toContain('HAOKA_PASSPHRASE')
  })

  it('names the option that is wrong', () => {
    expect(errorMessage('zh-CN', usageError('missing', '--account'))).toContain('缺少 --account')
    expect(errorMessage('en', usageError('missing', '--account'))).toContain('--account is missing')
  })

  it.each(Object.keys(locales) as ('zh-CN' | 'en')[])('has words for every code in %s', (locale) => {
    for (const code of Object.keys(errorCodes) as ErrorCode[]) {
      const message = errorMessage(locale, { code, data: {} })
      expect(message).not.toMatch(/errors\.|native\.|undefined|null/)
      expect(message.length).toBeGreaterThan(8)
    }
  })

  it('has remedies for codes that exist only', () => {
    const known = new Set<string>(Object.keys(errorCodes))
    expect(Object.keys(locales.en.native.cli.remedies).filter((code) => !known.has(code))).toEqual([])
  })
})

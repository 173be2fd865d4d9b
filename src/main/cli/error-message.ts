import type { Locale } from '#shared/contract/settings.ts'
import type { AppError, ErrorCode, ErrorData } from '#shared/errors.ts'
import { translate } from '#shared/locales/index.ts'

/**
 * What is wrong and what to do next, in the merchant's language. Where a window would say "press" or "enter", the
 * command line has a remedy of its own.
 */
export function errorMessage(locale: Locale, error: { code: ErrorCode; data: ErrorData }): string {
  const title = translate(locale, `errors.${error.code}.title`, error.data)
  const detail = problem(locale, error.data)
  const remedyKey = `native.cli.remedies.${error.code}`
  const remedy = translate(locale, remedyKey, error.data)
  const action = remedy === remedyKey ? translate(locale, `errors.${error.code}.action`, error.data) : remedy
  return translate(locale, detail === null ? 'native.cli.message' : 'native.cli.messageWithDetail', {
    title,
    detail,
    action,
  })
}

/** As it is printed: code and message, nothing else. */
export function printedError(locale: Locale, error: AppError | { code: ErrorCode; data: ErrorData }) {
  return { code: error.code, message: errorMessage(locale, error) }
}

function problem(locale: Locale, data: ErrorData): string | null {
  if (typeof data['problem'] !== 'string') return null
  return translate(locale, `native.cli.problems.${data['problem']}`, data)
}

import { useI18n } from 'vue-i18n'
import type { ErrorCode } from '#shared/errors.ts'

/** An error's code as plain words: what happened, and what to do next. */
export function useErrorWords() {
  const { t } = useI18n()
  return {
    title: (code: ErrorCode) => t(`errors.${code}.title`),
    action: (code: ErrorCode) => t(`errors.${code}.action`),
  }
}

import { ElMessage } from 'element-plus'
import { useI18n } from 'vue-i18n'
import { toAppError } from '#shared/errors.ts'
import { useErrorWords } from './use-error-words.ts'

const shownMs = 8_000

/** For pages only: says in one line what went wrong and what to do next. */
export function useFailureMessage(): (thrown: unknown) => void {
  const { t } = useI18n()
  const words = useErrorWords()
  return (thrown) => {
    const { code } = toAppError(thrown)
    const message = t('common.errorLine', { title: words.title(code), action: words.action(code) })
    ElMessage({ type: 'warning', message, duration: shownMs, placement: 'bottom', offset: 56 })
  }
}

import { useI18n } from 'vue-i18n'
import type { AppError } from '#shared/errors.ts'
import { useErrorWords } from '../../components/use-error-words.ts'

/** What is wrong with rules, in words: the problem and its place as the page calls it. */
export function useRuleWords(): (error: AppError) => string {
  const { t, te } = useI18n()
  const words = useErrorWords()

  /** `dateFormats.0` is the first date format; other places within a file stay as they stand there. */
  function place(at: string): string {
    const [list = '', index] = at.replace(/^rules\./, '').split('.')
    const key = `mapping.places.${list}`
    return te(key) && index !== undefined ? t(key, { number: Number(index) + 1 }) : at
  }

  return ({ code, data }) => {
    if (code !== 'mappingInvalid') return `${words.title(code)} ${words.action(code)}`
    const key = `mapping.problems.${String(data['problem'])}`
    return te(key) ? t(key, { at: place(String(data['at'] ?? '')) }) : t('mapping.problems.unknown')
  }
}

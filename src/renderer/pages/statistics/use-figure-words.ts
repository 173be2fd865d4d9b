import { useI18n } from 'vue-i18n'
import type { FunnelStep, Stage } from '#domain/vocabulary.ts'
import { spanOf } from './numbers.ts'

/** The words of the charts and tables. */
export function useFigureWords() {
  const { t } = useI18n()
  return {
    stage: (stage: Stage): string => t(`columns.stages.${stage}`),
    step: (step: FunnelStep): string => t(`statistics.steps.${step}`),
    value: (value: string): string => (value === '' ? t('statistics.noValue') : value),
    span(ms: number): string {
      const { unit, count } = spanOf(ms)
      return t(`common.span.${unit}`, { count }, count)
    },
  }
}

import { useI18n } from 'vue-i18n'
import { toBeijing } from '#domain/beijing-time.ts'
import { momentOf, spanOf, spansOf } from '../time/relative-time.ts'

/** Times as words: relative within a day, Beijing date and time otherwise. */
export function useMomentWords() {
  const { t } = useI18n()

  function span(ms: number): string {
    const { unit, count } = spanOf(ms)
    return t(`common.span.${unit}`, { count })
  }

  /** Two units where the larger one alone says too little: "3 天 4 小时". */
  function longSpan(ms: number): string {
    const [large, small] = spansOf(ms).map(({ unit, count }) => t(`common.span.${unit}`, { count }))
    return small === undefined ? (large ?? '') : t('common.twoSpans', { large, small })
  }

  /** `epochMs` as seen at `nowMs`. */
  function moment(epochMs: number, nowMs: number): string {
    const said = momentOf(epochMs, nowMs)
    if (said.kind === 'justNow') return t('common.justNow')
    if (said.kind === 'date') return toBeijing(epochMs).slice(0, 16)
    return t('common.ago', { span: t(`common.span.${said.span.unit}`, { count: said.span.count }) })
  }

  return {
    span,
    longSpan,
    moment,
    beijing: toBeijing,
    full: (epochMs: number) => t('common.beijing', { time: toBeijing(epochMs) }),
  }
}

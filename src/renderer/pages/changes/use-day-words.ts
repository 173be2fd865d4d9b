import { useI18n } from 'vue-i18n'
import { beijingDay, dayMs } from '#domain/beijing-time.ts'

/** A Beijing day as a heading: today, yesterday, else its date. Takes the day itself or a moment of it. */
export function useDayWords(): (day: string | number, nowMs: number) => string {
  const { t } = useI18n()
  return (of, nowMs) => {
    const day = typeof of === 'string' ? of : beijingDay(of)
    if (day === beijingDay(nowMs)) return t('changes.days.today', { day })
    if (day === beijingDay(nowMs - dayMs)) return t('changes.days.yesterday', { day })
    return day
  }
}

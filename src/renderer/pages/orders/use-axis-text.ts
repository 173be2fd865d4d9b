import { useI18n } from 'vue-i18n'
import { axisFlag } from '#domain/axis-flag.ts'
import { axes, type Axis, type Stage } from '#domain/vocabulary.ts'

/** What an axis cell shows: a bare 0 or 1 becomes its word where that is sure, everything else stays as it came. */
export function useAxisText() {
  const { t } = useI18n()
  const shown = (axis: Axis, text: string, stage: Stage): string | null => {
    const word = axisFlag(axis, text, stage)
    return word === null ? null : t(`orders.flags.${word}`)
  }
  return {
    /** For a column of an order's row; columns that are no axis stay as they are. */
    cell(column: string, text: string, stage: Stage): string {
      const axis = axes.find((name) => name === column)
      return axis === undefined ? text : (shown(axis, text, stage) ?? text)
    },
    /** For a code in the timeline: without a word of its own it is said to be a code. */
    code: (axis: Axis, code: string, stage: Stage): string =>
      shown(axis, code, stage) ?? t('orders.drawer.code', { code }),
  }
}

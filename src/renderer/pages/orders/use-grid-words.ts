import { useI18n } from 'vue-i18n'
import { beijingDay } from '#domain/beijing-time.ts'
import { useMomentWords } from '../../components/use-moment-words.ts'
import { useAxisText } from './use-axis-text.ts'
import type { CellWords } from './widgets/grid-cells.ts'

/** The grid's words, in the language and at the moment they are asked for. */
export function useGridWords(nowMs: () => number): CellWords {
  const { t } = useI18n()
  const moments = useMomentWords()
  const axisText = useAxisText()
  const spoken: Readonly<Record<string, () => string>> = {
    ariaRowToggleSelection: () => t('orders.grid.toggle'),
    ariaRowSelect: () => t('orders.grid.select'),
    ariaRowDeselect: () => t('orders.grid.deselect'),
  }
  const isPast = (day: string): boolean => day < beijingDay(nowMs())
  return {
    column: (name) => t(name === 'tick' || name === 'dueOn' ? `grid.${name}` : `columns.columns.${name}`),
    columnMenu: (name) => t('grid.column.menu', { name: t(`columns.columns.${name}`) }),
    due: (day) => (isPast(day) ? t('grid.overdue', { day }) : day),
    isPast,
    selectAll: () => t('grid.selectAll'),
    type: (name) => t(`columns.types.${name}`),
    flag: (name) => t(`columns.flags.${name}`),
    stage: (name) => t(`columns.stages.${name}`),
    backward: () => t('orders.drawer.backward'),
    goneUpstream: () => t('orders.drawer.goneUpstream'),
    axis: axisText.cell,
    moment: (epochMs) => moments.moment(epochMs, nowMs()),
    full: moments.full,
    aria: (key) => spoken[key]?.(),
  }
}

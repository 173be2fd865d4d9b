import { useI18n } from 'vue-i18n'
import type { Condition, TodoRule } from '#shared/contract/orders.ts'
import type { RangeChoice } from '../../../range/range-presets.ts'
import type { Restriction } from './shown-filter.ts'

/** A restriction in words: what it is about, and what it asks for. */
export interface RestrictionWords {
  label: string
  text: string
}

export function useRestrictionWords(): (restriction: Restriction) => RestrictionWords {
  const { t } = useI18n()
  const joined = (texts: readonly string[]): string => texts.join(t('grid.chips.or'))

  function conditionText(condition: Condition): string {
    switch (condition.kind) {
      case 'text':
        return condition.value === ''
          ? t(`grid.filter.ops.${condition.op}`)
          : t('grid.chips.text', { how: t(`grid.filter.ops.${condition.op}`), value: condition.value })
      case 'number':
        return endsText(condition.min?.toString() ?? null, condition.max?.toString() ?? null)
      case 'date':
        return endsText(shortTime(condition.from), shortTime(condition.to))
      case 'words':
        return joined(condition.values.map((value) => (value === '' ? t('grid.filter.ops.empty') : value)))
    }
  }

  function endsText(from: string | null, to: string | null): string {
    if (from === null) return t('grid.chips.upTo', { to: to ?? '' })
    return to === null ? t('grid.chips.from', { from }) : t('grid.chips.between', { from, to })
  }

  function rangeText(range: RangeChoice): string {
    if (range.preset !== 'custom') return t(`common.range.${range.preset}`)
    return endsText(shortTime(range.from), shortTime(range.to))
  }

  function todoText(rule: TodoRule): string {
    const name = t(`views.builtIn.${rule.rule}`)
    const how = `views.number.${rule.rule}`
    if ('days' in rule) return t('grid.chips.todo', { name, how: t(how), number: rule.days, unit: t('views.days') })
    if ('amount' in rule) return t('grid.chips.todo', { name, how: t(how), number: rule.amount, unit: t('views.yuan') })
    return name
  }

  return (restriction) => {
    switch (restriction.kind) {
      case 'todo':
        return { label: t('views.title'), text: todoText(restriction.rule) }
      case 'stages':
        return {
          label: t('columns.columns.stage'),
          text: joined(restriction.stages.map((stage) => t(`columns.stages.${stage}`))),
        }
      case 'range':
        return { label: t('columns.columns.createdAt'), text: rangeText(restriction.range) }
      case 'search':
        return { label: t('grid.chips.search'), text: restriction.text }
      case 'status':
        return { label: t('columns.columns.status'), text: restriction.word }
      case 'condition':
        return {
          label: t(`columns.columns.${restriction.condition.column}`),
          text: conditionText(restriction.condition),
        }
      case 'tags':
        return { label: t('columns.columns.tags'), text: joined(restriction.tags) }
      case 'flags':
        return {
          label: t('columns.columns.flag'),
          text: joined(restriction.flags.map((flag) => t(`columns.flags.${flag}`))),
        }
      case 'figure':
        return { label: t('grid.chips.figure'), text: figureText(restriction.figure) }
    }
  }

  function figureText(figure: Extract<Restriction, { kind: 'figure' }>['figure']): string {
    if (figure.of === 'reason') return figure.reason === '' ? t('grid.filter.ops.empty') : figure.reason
    const step = t(`grid.chips.steps.${figure.step}`)
    return t(figure.stopped ? 'grid.chips.stoppedAt' : 'grid.chips.reached', { step })
  }
}

/** Whole days lose their clock times: the first and the last second of a day say nothing more than the day. */
function shortTime(time: string | null): string | null {
  return time === null ? null : time.replace(/ (?:00:00:00|23:59:59)$/, '')
}

import { conditionTextColumns, conditionWordsColumns, personalFields } from '#domain/vocabulary.ts'
import type { OrderRow } from '#shared/contract/orders.ts'
import type { GridColumnName } from '../grid-columns.ts'
import { conditionOf, dateCondition, filterKindOf, textCondition, withCondition } from './column-filter.ts'
import type { ShownFilter } from './shown-filter.ts'

/**
 * What is shown once only this cell's value is wanted. null: this cell cannot be filtered by, as where the screen holds
 * a masked value in place of the real one.
 */
export function filterByValue(
  shown: ShownFilter,
  row: OrderRow,
  column: GridColumnName,
  revealed: boolean,
): Partial<ShownFilter> | null {
  switch (filterKindOf(column)) {
    case 'stages':
      return { stages: [row.stage] }
    case 'type':
      return { type: row.type }
    case 'flags':
      return row.flag === null ? null : { flags: [row.flag] }
    case 'tags':
      return row.tags.length === 0 ? null : { tags: [...row.tags] }
    case 'date':
      return byDay(shown, row, column)
    default:
      return byText(shown, row, column, revealed)
  }
}

/** All of the same Beijing day. */
function byDay(shown: ShownFilter, row: OrderRow, column: GridColumnName): Partial<ShownFilter> | null {
  const value = row[column]
  if (typeof value !== 'string' || value.length < 10) return byText(shown, row, column, true)
  const day = value.slice(0, 10)
  const condition = dateCondition(column, `${day} 00:00:00`, `${day} 23:59:59`)
  return condition === null ? null : { conditions: withCondition(shown.conditions, column, condition) }
}

function byText(
  shown: ShownFilter,
  row: OrderRow,
  column: GridColumnName,
  revealed: boolean,
): Partial<ShownFilter> | null {
  const cell = row[column]
  const value = typeof cell === 'string' ? cell : ''
  const personal = personalFields.some((name) => name === column)
  if (personal && value !== '' && !revealed) return null
  if (!conditionTextColumns.some((name) => name === column) || typeof cell === 'number') return null
  const words = conditionWordsColumns.find((name) => name === column)
  const condition =
    words === undefined
      ? textCondition(column, value === '' ? 'empty' : 'equals', value)
      : { kind: 'words' as const, column: words, values: withValue(shown, column, value) }
  return condition === null ? null : { conditions: withCondition(shown.conditions, column, condition) }
}

/** A second value of the same column is wanted beside the first. */
function withValue(shown: ShownFilter, column: GridColumnName, value: string): string[] {
  const before = conditionOf(shown.conditions, column)
  return before?.kind === 'words' ? [...new Set([...before.values, value])] : [value]
}

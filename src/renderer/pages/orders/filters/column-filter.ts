import { conditionDateColumns, conditionNumberColumns, conditionTextColumns } from '#domain/vocabulary.ts'
import type { Condition } from '#shared/contract/orders.ts'
import type { GridColumnName } from '../grid-columns.ts'

/** How a column is filtered. `stages`, `type`, `flags`, `tags`: a set to choose from. */
export type FilterKind = 'text' | 'number' | 'date' | 'stages' | 'type' | 'flags' | 'tags' | 'none'

const sets: Partial<Record<GridColumnName, FilterKind>> = { stage: 'stages', type: 'type', flag: 'flags', tags: 'tags' }

export function filterKindOf(column: GridColumnName): FilterKind {
  const set = sets[column]
  if (set !== undefined) return set
  if (oneOf(conditionNumberColumns, column)) return 'number'
  if (oneOf(conditionDateColumns, column)) return 'date'
  return oneOf(conditionTextColumns, column) ? 'text' : 'none'
}

/** The conditions with this column's replaced; null takes it away. A column has one condition at most. */
export function withCondition(
  conditions: readonly Condition[],
  column: GridColumnName,
  condition: Condition | null,
): Condition[] {
  const at = conditions.findIndex((other) => other.column === column)
  if (condition === null) return conditions.filter((other) => other.column !== column)
  return at < 0 ? [...conditions, condition] : conditions.toSpliced(at, 1, condition)
}

export function conditionOf(conditions: readonly Condition[], column: GridColumnName): Condition | null {
  return conditions.find((condition) => condition.column === column) ?? null
}

export type TextOp = Extract<Condition, { kind: 'text' }>['op']
export const textOps = ['contains', 'startsWith', 'equals', 'empty', 'notEmpty'] as const satisfies readonly TextOp[]

export function needsValue(op: TextOp): boolean {
  return op !== 'empty' && op !== 'notEmpty'
}

/** null: a column that has no text to compare, or nothing to compare with. */
export function textCondition(column: GridColumnName, op: TextOp, value: string): Condition | null {
  const name = conditionTextColumns.find((other) => other === column)
  const wanted = value.trim()
  if (name === undefined || (needsValue(op) && wanted === '')) return null
  return { kind: 'text', column: name, op, value: needsValue(op) ? wanted : '' }
}

/** null: no such column, or both ends open. */
export function numberCondition(column: GridColumnName, min: number | null, max: number | null): Condition | null {
  const name = conditionNumberColumns.find((other) => other === column)
  if (name === undefined || (min === null && max === null)) return null
  return { kind: 'number', column: name, op: 'between', min, max }
}

/** null: no such column, or both ends open. */
export function dateCondition(column: GridColumnName, from: string | null, to: string | null): Condition | null {
  const name = conditionDateColumns.find((other) => other === column)
  if (name === undefined || (from === null && to === null)) return null
  return { kind: 'date', column: name, from, to }
}

function oneOf(columns: readonly string[], column: string): boolean {
  return columns.includes(column)
}

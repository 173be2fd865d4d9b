import { fromBeijing } from '#domain/beijing-time.ts'
import type { OrderColumn } from '#domain/vocabulary.ts'
import type { Condition } from '#shared/contract/order-filter.ts'
import { cellSql } from './columns.ts'
import { likePattern, likeSql, type Where } from './where.ts'

/** One condition of a filter as SQL. Cells that are empty texts count as empty. */
export function conditionSql(condition: Condition): Where {
  const cell = `(${cellSql(condition.column)})`
  switch (condition.kind) {
    case 'text':
      return textSql(cell, condition)
    case 'number':
      return betweenSql(`CAST(${cell} AS REAL)`, `${cell} <> ''`, condition.min, condition.max)
    case 'date':
      return dateSql(cell, condition)
    case 'words': {
      const marks = condition.values.map(() => '?').join(', ')
      return { sql: `coalesce(${cell}, '') IN (${marks})`, values: condition.values }
    }
  }
}

/** Columns whose texts the search index holds, by what a condition calls them. */
const searchedFields: ReadonlySet<string> = new Set([
  'orderNo',
  'ownNo',
  'customerName',
  'phone',
  'producedNumber',
  'trackingNo',
  'productName',
  'remark',
  'note',
])

/** A text that every order must hold in a searched column to meet the condition; null: the index tells nothing of it. */
export function searchableText(condition: Condition): string | null {
  if (condition.kind !== 'text' || !searchedFields.has(condition.column)) return null
  const compares = condition.op === 'contains' || condition.op === 'startsWith' || condition.op === 'equals'
  return compares && condition.value !== '' ? condition.value : null
}

function textSql(cell: string, { op, value }: Extract<Condition, { kind: 'text' }>): Where {
  switch (op) {
    case 'empty':
      return { sql: `coalesce(${cell}, '') = ''`, values: [] }
    case 'notEmpty':
      return { sql: `${cell} <> ''`, values: [] }
    case 'equals':
      return { sql: `${cell} = ? COLLATE NOCASE`, values: [value] }
    case 'contains':
      return { sql: `${cell} ${likeSql}`, values: [likePattern(value, 'anywhere')] }
    case 'startsWith':
      return { sql: `${cell} ${likeSql}`, values: [likePattern(value, 'start')] }
  }
}

const epochColumns: ReadonlySet<OrderColumn> = new Set(['firstSeenAt', 'changedAt'])

function dateSql(cell: string, { column, from, to }: Extract<Condition, { kind: 'date' }>): Where {
  if (!epochColumns.has(column)) return betweenSql(cell, `${cell} <> ''`, from, to)
  // A second is its thousand milliseconds.
  return betweenSql(cell, 'TRUE', epochOf(from), to === null ? null : (epochOf(to) ?? 0) + 999)
}

/** A date that does not exist (30 February) is taken as the moment it would roll on to. */
function epochOf(beijing: string | null): number | null {
  if (beijing === null) return null
  try {
    return fromBeijing(beijing)
  } catch {
    return Date.parse(`${beijing.slice(0, 8)}01T00:00:00+08:00`) + (Number(beijing.slice(8, 10)) - 1) * 86_400_000
  }
}

function betweenSql(cell: string, given: string, min: number | string | null, max: number | string | null): Where {
  if (min !== null && max !== null) return { sql: `${given} AND ${cell} BETWEEN ? AND ?`, values: [min, max] }
  if (min !== null) return { sql: `${given} AND ${cell} >= ?`, values: [min] }
  if (max !== null) return { sql: `${given} AND ${cell} <= ?`, values: [max] }
  return { sql: given, values: [] }
}

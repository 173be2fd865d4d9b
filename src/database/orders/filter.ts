import { axes, stages } from '#domain/vocabulary.ts'
import type { OrderFilter, Selection } from '#shared/contract/order-filter.ts'
import { typeNumber } from '../accounts.ts'
import { figureSql } from '../statistics/figure-sql.ts'
import { conditionSql } from './conditions.ts'
import { todoSql } from './todo-sql.ts'
import { allOf, anyOf, likePattern, likeSql, type Where } from './where.ts'

const statusCells = axes.flatMap((axis) => [`${axis}_word`, `${axis}_code`])

/** What is searched: the columns in the order in which the search index holds them. */
export const searchedColumns = [
  'order_no',
  'own_no',
  'customer_name',
  'phone',
  'produced_number',
  'tracking_no',
  'product_name',
  'remark',
  'note',
  'tags',
] as const

/** A filter as a condition over the table orders; `account` is the key of the account's rows. */
export function whereOf(filter: OrderFilter, account: number | null): Where {
  const { indexed, looked } = partsOf(filter)
  const only = filter.only === null ? [] : [selectionSql(filter.only)]
  const search = filter.search === '' ? [] : [searchSql(filter.search)]
  return allOf([accountIs(account), ...placedAndKind(filter), ...indexed, ...looked, ...only, ...search])
}

export function accountIs(account: number | null): Where {
  return { sql: 'account = ?', values: [account] }
}

function placed({ from, to }: OrderFilter): Where[] {
  const parts: Where[] = []
  if (from !== null) parts.push({ sql: 'placed_at >= ?', values: [from] })
  if (to !== null) parts.push({ sql: 'placed_at <= ?', values: [to] })
  return parts
}

function placedAndKind(filter: OrderFilter): Where[] {
  const parts = placed(filter)
  if (filter.type !== null) parts.push({ sql: 'type = ?', values: [typeNumber(filter.type)] })
  const wanted = stages.filter((stage) => filter.stages.includes(stage))
  if (wanted.length > 0 && wanted.length < stages.length) parts.push(oneOf('stage', wanted))
  return parts
}

/**
 * What else a filter demands, beside account, time of placing, type, stage, selection and search: what a small index
 * answers, and what rows must be looked at for.
 */
export function partsOf(filter: OrderFilter): { indexed: Where[]; looked: Where[] } {
  const indexed: Where[] = []
  const looked: Where[] = []
  if (filter.todo !== null) {
    const todo = todoSql(filter.todo)
    indexed.push(todo.indexed)
    looked.push(...todo.looked)
  }
  if (filter.flags.length > 0) indexed.push(oneOf('flag', filter.flags))
  if (filter.tags.length > 0) indexed.push(anyOf(filter.tags.map(taggedSql)))
  looked.push(...filter.conditions.map(conditionSql))
  if (filter.status !== null) looked.push({ sql: `? IN (${statusCells.join(', ')})`, values: [filter.status] })
  // The index by time of placing holds the step as well.
  if (filter.figure?.of === 'step') indexed.push(allOf([...placed(filter), figureSql(filter.figure)]))
  else if (filter.figure !== null) looked.push(figureSql(filter.figure))
  return { indexed: indexed.map(inBrackets), looked: looked.map(inBrackets) }
}

function inBrackets({ sql, values }: Where): Where {
  return { sql: `(${sql})`, values }
}

/** Any part of any searched text. A NUL is in no stored text; what a paste brought of them is not meant. */
export function searchSql(text: string): Where {
  const pattern = likePattern(text.replaceAll('\0', ''), 'anywhere')
  return anyOf(searchedColumns.map((column) => ({ sql: `${column} ${likeSql}`, values: [pattern] })))
}

function oneOf(column: string, values: readonly string[]): Where {
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, values: [...values] }
}

/** Tags are stored one a line. */
function taggedSql(tag: string): Where {
  return { sql: `(tags IS NOT NULL AND instr(char(10) || tags || char(10), char(10) || ? || char(10)))`, values: [tag] }
}

function selectionSql(only: Selection): Where {
  if ('ids' in only) return { sql: 'id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(only.ids)] }
  return { sql: 'id NOT IN (SELECT value FROM json_each(?))', values: [JSON.stringify(only.allBut)] }
}

import { orderFields, orderFlags, stages, type OrderColumn } from '#domain/vocabulary.ts'
import { fieldColumn } from './order-table.ts'

/** How a column is read for a cell, as SQL over the table orders. A whitelist: nothing else reaches a statement. */
export function cellSql(column: OrderColumn): string {
  switch (column) {
    case 'status':
      return 'coalesce(production_word, production_code)'
    case 'activation':
    case 'recharge':
    case 'settlement':
    case 'refund':
      return `coalesce(${column}_word, ${column}_code)`
    case 'stage':
    case 'type':
    case 'account':
    case 'note':
    case 'tags':
    case 'flag':
      return column
    case 'firstSeenAt':
      return 'first_seen_at'
    case 'changedAt':
      return 'changed_at'
    default:
      return fieldColumn(column)
  }
}

const amounts: ReadonlySet<OrderColumn> = new Set(['rechargeAmount', 'commission'])
const neverEmpty: ReadonlySet<OrderColumn> = new Set([
  'orderNo',
  'createdAt',
  'stage',
  'type',
  'account',
  'firstSeenAt',
  'changedAt',
])
const flagOrder = `CASE flag ${orderFlags.map((flag, index) => `WHEN '${flag}' THEN ${index}`).join(' ')} END`
const stageOrder = `CASE stage ${stages.map((stage, index) => `WHEN '${stage}' THEN ${index}`).join(' ')} END`

/** What a column sorts by; null: its cell is empty. */
export function sortKeySql(column: OrderColumn): string {
  if (column === 'createdAt') return 'placed_at'
  // There is one.
  if (column === 'account') return '0'
  if (column === 'stage') return stageOrder
  if (column === 'flag') return flagOrder
  return amounts.has(column) ? `CAST(${cellSql(column)} AS REAL)` : cellSql(column)
}

/** ORDER BY of a sort: empty cells last either way, ties by row id so that scrolling never shows a row twice. */
export function orderBySql(column: OrderColumn, descending: boolean): string {
  const direction = descending ? 'DESC' : 'ASC'
  const key = sortKeySql(column)
  const byKey = column === 'account' ? '' : `${key} ${direction}, `
  return `${neverEmpty.has(column) ? '' : `${key} IS NULL, `}${byKey}id ${direction}`
}

/** Every column one grid row needs. */
export const rowSql = [
  'id, type, stage, first_seen_at, changed_at, backward, note, tags, flag',
  `(SELECT a.gone_at FROM absences a WHERE a.order_id = orders.id AND a.pull_order = orders.pull_order) AS gone_at`,
  ...orderFields.map((field) => fieldColumn(field)),
  ...(['status', 'activation', 'recharge', 'settlement', 'refund'] as const).map(
    (column) => `${cellSql(column)} AS "${column}"`,
  ),
].join(', ')

import { axes, stages } from '#domain/vocabulary.ts'
import type { OrderFilter } from '#shared/contract/orders.ts'
import type { Value } from '../connection.ts'
import { typeNumber } from '../session.ts'

export interface Where {
  sql: string
  values: Value[]
}

const searched = [
  'order_no',
  'own_no',
  'customer_name',
  'phone',
  'produced_number',
  'tracking_no',
  'product_name',
  'remark',
]
const statusCells = axes.flatMap((axis) => [`${axis}_word`, `${axis}_code`])

/** A filter as a WHERE clause over the table orders; `account` is the key of the account's rows. */
export function whereOf(filter: OrderFilter, account: number | null): Where {
  const parts: string[] = ['account = ?']
  const values: Value[] = [account]
  const add = (sql: string, ...more: Value[]): void => {
    parts.push(sql)
    values.push(...more)
  }
  if (filter.from !== null) add('placed_at >= ?', filter.from)
  if (filter.to !== null) add('placed_at <= ?', filter.to)
  if (filter.type !== null) add('type = ?', typeNumber(filter.type))
  const wanted = stages.filter((stage) => filter.stages.includes(stage))
  if (wanted.length > 0 && wanted.length < stages.length)
    add(`stage IN (${wanted.map(() => '?').join(', ')})`, ...wanted)
  if (filter.status !== null) add(`? IN (${statusCells.join(', ')})`, filter.status)
  if (filter.search !== '') {
    const pattern = `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    add(
      `(${searched.map((column) => String.raw`${column} LIKE ? ESCAPE '\'`).join(' OR ')})`,
      ...searched.map(() => pattern),
    )
  }
  return { sql: parts.join(' AND '), values }
}

/** The same filter over every tab and stage: what counts are grouped from. */
export function acrossTabs(filter: OrderFilter): OrderFilter {
  return { ...filter, type: null, stages: [] }
}

import type { DatabaseClient } from '#main/account-databases.ts'
import { limits } from '#shared/contract/common.ts'
import type { OrderDetail, OrderFilter, OrderRow, OrderSort } from '#shared/contract/orders.ts'

/** Every order that a filter shows, unmasked. */
export async function readRows(database: DatabaseClient, filter: OrderFilter, sort: OrderSort): Promise<OrderRow[]> {
  const all: OrderRow[] = []
  for (let start = 0; ; start += limits.rows) {
    const { rows } = await database.call('orders.window', { filter, sort, start, count: limits.rows, reveal: true })
    all.push(...rows)
    if (rows.length < limits.rows) return all
  }
}

/** Those orders with their history. */
export async function readDetails(
  database: DatabaseClient,
  accountId: string,
  ids: readonly number[],
): Promise<OrderDetail[]> {
  const details: OrderDetail[] = []
  for (let start = 0; start < ids.length; start += limits.rows) {
    const part = ids.slice(start, start + limits.rows)
    const read = part.map((id) => database.call('orders.detail', { accountId, id, reveal: true }))
    details.push(...(await Promise.all(read)))
  }
  return details
}

import type { DatabaseClient } from '#main/account-databases.ts'
import { limits } from '#shared/contract/common.ts'
import type { OrderDetail, OrderFilter, OrderRow, OrderSort } from '#shared/contract/orders.ts'

/** Every order that a filter shows, with its history, unmasked. */
export async function readOrders(
  database: DatabaseClient,
  filter: OrderFilter,
  sort: OrderSort,
): Promise<OrderDetail[]> {
  const details: OrderDetail[] = []
  for (let start = 0; ; start += limits.rows) {
    const page = { filter, sort, start, count: limits.rows, reveal: true }
    const { rows } = await database.call('orders.window', page)
    details.push(...(await Promise.all(rows.map((row) => readDetail(database, filter.accountId, row)))))
    if (rows.length < limits.rows) return details
  }
}

function readDetail(database: DatabaseClient, accountId: string, { id }: OrderRow): Promise<OrderDetail> {
  return database.call('orders.detail', { accountId, id, reveal: true })
}

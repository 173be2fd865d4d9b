import type { MappingRules, RerunProgress } from '#shared/contract/mapping.ts'
import { allOrders } from '#shared/contract/order-filter.ts'
import type { TestDatabase } from './database.ts'
import { ownOrders, rules } from './mapping.ts'
import { account } from './sync-steps.ts'

export const day = 86_400_000
export const everyOrder = allOrders(account)
export const byNumber = { column: 'orderNo', descending: false } as const

/** The first 500 orders in full. */
export async function details(database: TestDatabase) {
  const input = { filter: everyOrder, sort: byNumber, start: 0, count: 500, reveal: true }
  const { rows } = await database.call('orders.window', input)
  const found = await Promise.all(
    rows.map(({ orderNo }) => database.call('orders.byNumber', { accountId: account, orderNo })),
  )
  return found.flat()
}

/** Everything of the orders but the ids. */
export async function told(database: TestDatabase) {
  return (await details(database)).map(({ row: { id: _id, ...row }, changes, original }) => ({
    row,
    original,
    changes: changes.map(({ id: _changeId, ...change }) => change),
  }))
}

export async function one(database: TestDatabase, orderNo = '20261124000001') {
  const [found] = await database.call('orders.byNumber', { accountId: account, orderNo })
  return found
}

export function save(database: TestDatabase, decided: Partial<MappingRules>) {
  return database.call('mapping.save', { ...ownOrders, rules: rules(decided) })
}

export function rerun(database: TestDatabase, onProgress?: (progress: RerunProgress) => void, signal?: AbortSignal) {
  return database.call('mapping.rerun', ownOrders, {
    ...(onProgress !== undefined && { onProgress }),
    ...(signal !== undefined && { signal }),
  })
}

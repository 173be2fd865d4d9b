import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openConnection, type Connection } from '#database/connection.ts'
import { AccountOrders } from '#database/orders/account-orders.ts'
import { orderBySql } from '#database/orders/columns.ts'
import { whereOf } from '#database/orders/filter.ts'
import { firstRows, topOf } from '#database/orders/first-rows.ts'
import { orderColumns, type OrderColumn } from '#domain/vocabulary.ts'
import { allOrders, type OrderFilter } from '#shared/contract/order-filter.ts'
import type { OrderSort } from '#shared/contract/orders.ts'
import { openTestDatabase, testKey, type TestDatabase } from '../../support/database.ts'
import { account, element, elements, noon, pull } from '../../support/sync-steps.ts'

const everything = allOrders(account)
const pause = () => undefined

let database: TestDatabase
let orders: Connection
let key: number

beforeAll(async () => {
  database = await openTestDatabase()
  const many = elements(600)
  for (const [index, order] of many.entries())
    Object.assign(order, {
      remark: index % 3 === 0 ? `备注 ${index % 7}` : null,
      recharge_amount: index % 4 === 0 ? String((index * 37) % 100) : null,
      goods_name: `套餐 ${index % 5}`,
    })
  await pull(database, many)
  await pull(database, [element({ order_sn: 'other' })], { accountId: 'account-2' })
  await pull(database, many.slice(0, 50), { type: 'distributor', at: noon + 1_000 })
  await database.close()
  orders = await openConnection(`${database.folder}/orders.db`, testKey, () => undefined)
  key = orders.get<{ id: number }>('SELECT id FROM accounts WHERE account_id = ?', [account])!.id
})
afterAll(async () => {
  orders.close()
  await database[Symbol.asyncDispose]()
})

/** What the database itself answers for the whole list. */
function listed(filter: OrderFilter, { column, descending }: OrderSort): number[] {
  const where = whereOf(filter, key)
  const sql = `SELECT id FROM orders WHERE ${where.sql} ORDER BY ${orderBySql(column, descending)}`
  return orders.column<number>(sql, where.values)
}

const read = () => AccountOrders.read(orders, key, pause)
const bothWays = orderColumns.flatMap((column) => [[column, false] as const, [column, true] as const])

describe('a sort kept in memory', () => {
  it.each(bothWays)('by %s, descending %s, is what the database sorts', async (column, descending) => {
    const sorted = await (await read()).sorted(column, pause)
    const sort = { column, descending }
    expect([...topOf(sorted, sort, 0, 1_000)]).toEqual(listed(everything, sort))
  })

  it.each<OrderColumn>(['createdAt', 'remark', 'rechargeAmount', 'stage', 'productName', 'orderNo'])(
    'by %s follows what is written, added and deleted',
    async (column) => {
      const memory = await read()
      await memory.sorted(column, pause)
      const touched = orders.column<number>('SELECT id FROM orders WHERE account = ? AND id % 7 = 0', [key])
      orders.script('SAVEPOINT changed')
      try {
        orders.run(
          `UPDATE orders SET remark = CASE WHEN id % 2 THEN '新 ' || id END, recharge_amount = id % 11, stage = 'failed',
             placed_at = '2026-11-' || (10 + id % 9) || ' 00:00:00', product_name = NULL WHERE account = ? AND id % 7 = 0`,
          [key],
        )
        orders.run('DELETE FROM order_originals WHERE order_id % 35 = 0')
        orders.run('DELETE FROM status_changes WHERE order_id % 35 = 0')
        orders.run('DELETE FROM orders WHERE id % 35 = 0 AND account = ?', [key])
        await memory.follow(touched, () => true, pause)
        for (const descending of [false, true]) {
          const sort = { column, descending }
          const now = await memory.sorted(column, pause)
          expect([...topOf(now, sort, 0, 1_000)]).toEqual(listed(everything, sort))
        }
        expect([...memory.kinds].filter((kind) => kind > 0)).toHaveLength(
          listed(everything, { column, descending: true }).length,
        )
      } finally {
        orders.script('ROLLBACK TO changed; RELEASE changed')
      }
    },
  )
})

describe('a condition kept in memory', () => {
  it('follows what is written', async () => {
    const memory = await read()
    const where = { sql: `remark LIKE '新%'`, values: [] }
    const met = async () => (await memory.meeting(where, pause)).reduce((count, one) => count + one, 0)
    expect(await met()).toBe(0)
    orders.script('SAVEPOINT changed')
    try {
      orders.run(`UPDATE orders SET remark = '新' WHERE id IN (3, 5)`)
      await memory.follow([3, 5], () => true, pause)
      expect(await met()).toBe(2)
      orders.run(`UPDATE orders SET remark = '旧' WHERE id = 5`)
      await memory.follow([5], () => true, pause)
      expect(await met()).toBe(1)
    } finally {
      orders.script('ROLLBACK TO changed; RELEASE changed')
    }
  })
})

describe('the first rows of a list that is not made yet', () => {
  const filters: [string, Partial<OrderFilter>][] = [
    ['everything', {}],
    ['one tab', { type: 'own' }],
    ['some stages', { stages: ['submitted', 'processing'] }],
    ['a search', { search: '备注' }],
    ['a condition', { conditions: [{ kind: 'text', column: 'productName', op: 'contains', value: '3' }] }],
    ['a range', { from: '2026-11-05 00:00:00', to: '2026-11-20 00:00:00' }],
  ]
  const indexed: OrderColumn[] = ['createdAt', 'changedAt', 'firstSeenAt', 'orderNo']

  it.each(filters.flatMap(([name, changes]) => indexed.map((column) => [name, column, changes] as const)))(
    'of %s by %s are those of the whole list',
    (_name, column, changes) => {
      const filter = { ...everything, ...changes }
      for (const descending of [true, false]) {
        const sort = { column, descending }
        const first = firstRows(orders, key, { filter, sort, count: 20 }, undefined)
        // Within its time it finds them, or says that it does not.
        if (first !== null) expect(first).toEqual(listed(filter, sort).slice(0, 20))
      }
    },
  )

  it('come from a sort that is known, whatever column it is', async () => {
    const sorted = await (await read()).sorted('remark', pause)
    const sort = { column: 'remark', descending: true } as const
    const first = firstRows(orders, key, { filter: everything, sort, count: 20 }, sorted)
    expect(first).toEqual(listed(everything, sort).slice(0, 20))
  })

  it('are not guessed where neither an index nor memory knows the sort', () => {
    const sort = { column: 'remark', descending: true } as const
    expect(firstRows(orders, key, { filter: everything, sort, count: 20 }, undefined)).toBeNull()
  })
})

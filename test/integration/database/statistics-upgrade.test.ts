import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openConnection, type Connection } from '#database/connection.ts'
import { migrate } from '#database/migrations/migrate.ts'
import { ordersMigrations } from '#database/migrations/orders/index.ts'
import { statisticsMigration } from '#database/migrations/orders/0010-statistics.ts'
import { createSlicer } from '#database/steps.ts'
import { countDayTx } from '#database/statistics/count-period.ts'
import { readDays, totalsOf } from '#database/statistics/days.ts'

const day = '2026-11-01'
let folder: string
let orders: Connection
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'haoka-statistics-'))
  orders = await openConnection(join(folder, 'orders.db'), '5a'.repeat(32), () => undefined)
})
afterEach(() => {
  orders.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A file as it was before there were statistics, with an order that failed after it had been shipped. */
async function olderFile(): Promise<void> {
  await migrate(orders, ordersMigrations.slice(0, ordersMigrations.indexOf(statisticsMigration)), 0)
  await orders.write(() => {
    orders.run(`INSERT INTO accounts (account_id, profile) VALUES ('a', 'ganTanHao')`)
    const insert = `INSERT INTO orders (account, type, stage, placed_at, first_seen_at, changed_at, pull_order, order_no,
      commission, production_word, activation_code) VALUES (1, 1, ?, ?, 0, 0, 1, ?, ?, ?, ?)`
    orders.insert(insert, ['failed', `${day} 10:00:00`, 'failed-later', '12.50', '开卡失败', '0'])
    orders.insert(insert, ['activated', `${day} 11:00:00`, 'active', '20', '已发货', '1'])
    orders.insert(insert, ['unknown', `${day} 12:00:00`, 'nonsense', '1e300', null, null])
    orders.insert(
      `INSERT INTO status_changes (order_id, axis, had_before, to_word, stage, backward, seen_at, run, pull_order)
       VALUES (1, 'production', 1, '已发货', 'shipped', 0, 5, 1, 1)`,
    )
  })
  await migrate(orders, ordersMigrations, 0)
}

it('finds out from the history how far the orders of an older file ever came', async () => {
  await olderFile()
  expect(orders.tuples('SELECT account, day FROM statistics_due')).toEqual([[1, day]])
  await orders.write(() => countDayTx(orders, 1, day, createSlicer()))
  expect(orders.column('SELECT reached FROM orders ORDER BY id')).toEqual([2, 3, 0])
  const { steps, failed, expected } = totalsOf(readDays(orders, 1, { from: day, to: day }, { type: null }))
  expect(steps).toMatchObject({ placed: 3, shipped: 2, activated: 1 })
  expect([failed, expected]).toEqual([1, { orders: 1, cents: 2_000 }])
})

it('counts a day anew as often as it is asked, and comes to the same', async () => {
  await olderFile()
  const figures = async () => {
    await orders.write(() => countDayTx(orders, 1, day, createSlicer()))
    return orders.tuples('SELECT * FROM statistics ORDER BY facet, type, value')
  }
  expect(await figures()).toEqual(await figures())
})

it('notes the days of what is written, and nothing where nothing that is counted changes', async () => {
  await olderFile()
  const due = () => orders.column<string>('SELECT day FROM statistics_due ORDER BY day')
  await orders.write(() => orders.run('DELETE FROM statistics_due'))
  await orders.write(() => orders.run(`UPDATE orders SET pull_order = 2, customer_name = '张三', stage = stage`))
  expect(due()).toEqual([])
  await orders.write(() => orders.run(`UPDATE orders SET placed_at = '2026-10-31 09:00:00' WHERE order_no = 'active'`))
  expect(due()).toEqual(['2026-10-31', day])
  await orders.write(() => orders.run('DELETE FROM statistics_due'))
  await orders.write(() => orders.run(`DELETE FROM orders WHERE order_no = 'active'`))
  expect(due()).toEqual(['2026-10-31'])
})

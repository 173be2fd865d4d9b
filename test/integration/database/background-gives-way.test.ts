import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { openConnection, type Connection } from '#database/connection.ts'
import { migrate } from '#database/migrations/migrate.ts'
import { ordersMigrations } from '#database/migrations/orders/index.ts'
import { SearchIndex } from '#database/search/search-index.ts'
import type { Session } from '#database/session.ts'
import { Recounter } from '#database/statistics/recounter.ts'
import { untilNextTurn } from '#database/steps.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const many = 12_000
/** Orders that are indexed or judged in one piece, at most. */
const piece = 250

let orders: Connection
let session: Session
beforeEach(async () => {
  orders = await openConnection(join(temporaryFolder(), 'orders.db'), '5a'.repeat(32), () => undefined)
  await migrate(orders, ordersMigrations, 0)
  // As just after the first opening of an older file: nothing is judged, counted or indexed; and all of one day.
  await orders.write(() => {
    orders.run(`INSERT INTO accounts (account_id, profile) VALUES ('a', 'ganTanHao')`)
    orders.run(
      `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${many})
       INSERT INTO orders (account, type, stage, placed_at, first_seen_at, changed_at, pull_order, order_no, remark)
       SELECT 1, 1, 'shipped', '2026-11-01 10:00:00', 0, 0, 1, 'A' || n, hex(randomblob(100)) FROM numbers`,
    )
  })
  session = { orders, log: (line: string) => expect.unreachable(line) } as Partial<Session> as Session
})
afterEach(() => orders.close())

const count = (sql: string): number => orders.get<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`)?.count ?? 0
const left = {
  index: () => count('search_waiting'),
  statistics: () => count('orders WHERE reached IS NULL'),
}

/** Asks a write in the middle of a lot, and tells what came before it: lots that began, and orders that were done. */
async function askWrite(leftNow: () => number): Promise<{ lots: number; done: number }> {
  const before = leftNow()
  while (!orders.inTransaction || leftNow() === before) {
    expect(leftNow()).toBeGreaterThan(0)
    await untilNextTurn()
  }
  const lots = vi.spyOn(orders, 'writeInBackground')
  const asked = leftNow()
  const done = await orders.write(() => {
    orders.run(`UPDATE orders SET note = 'called' WHERE id = 1`)
    return asked - leftNow()
  })
  const begun = lots.mock.calls.length
  lots.mockRestore()
  return { lots: begun, done }
}

it.each(['index', 'statistics'] as const)(
  'lets a write go first after the piece that is under way (%s)',
  { timeout: 60_000 },
  async (work) => {
    const [index, recounter] = [new SearchIndex(session), new Recounter(session, () => undefined)]
    const finished = work === 'index' ? index.wake() : recounter.now()
    for (let round = 0; round < 3; round += 1) {
      const { lots, done } = await askWrite(left[work])
      expect(lots).toBeLessThanOrEqual(1)
      expect(done).toBeLessThanOrEqual(piece)
    }
    await finished
    while (left[work]() > 0) await untilNextTurn()
  },
)

it('lets a write go first where both are at work', { timeout: 60_000 }, async () => {
  const [index, recounter] = [new SearchIndex(session), new Recounter(session, () => undefined)]
  index.wake()
  const counted = recounter.now()
  for (let round = 0; round < 3; round += 1) {
    const { lots, done } = await askWrite(() => left.index() + left.statistics())
    expect(lots).toBeLessThanOrEqual(2)
    expect(done).toBeLessThanOrEqual(2 * piece)
  }
  await counted
  while (left.index() > 0) await untilNextTurn()
  expect(left.statistics()).toBe(0)
})

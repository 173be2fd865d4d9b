import { join } from 'node:path'
import { startDatabase, type DatabaseClient } from '#main/processes/database-client.ts'
import type { ChangesFilter, FeedPlace } from '#shared/contract/changes.ts'
import { projectFolder } from '../runtime/project.ts'
import { accountId, benchKey, openBenchDatabase } from './bench-database.ts'
import { bounded, percentile, timed, type Figure } from './figure.ts'
import { openFile } from './insert-loop.ts'

const changesOfOrder = 3
const goalMs = 150
const pageSize = 100
const rounds = 20
const [firstAt, stepMs] = [1_700_000_000_000, 400]

const everything: ChangesFilter = { accountId, type: null, axis: null, from: null, to: null, backward: false }
const filters: readonly ChangesFilter[] = [
  everything,
  { ...everything, type: 'distributor' },
  { ...everything, axis: 'activation' },
  { ...everything, axis: 'settlement' },
  { ...everything, axis: 'production', from: '待审核', to: '已发货' },
  { ...everything, backward: true },
]

/** The feed over three changes an order: its first page in a process that has read nothing yet, and pages anywhere. */
export async function changesFigures(orders: number): Promise<Figure[]> {
  const database = await openBenchDatabase()
  await database.close()
  try {
    await fill(database.file, orders)
    const first = await firstPage(database.folder)
    const client = await open(database.folder)
    try {
      const pages = await pagesAnywhere(client, orders)
      const of = `of ${(orders * changesOfOrder).toLocaleString('en')} changes`
      return [
        bounded({ name: `First page ${of}, newly opened`, value: first, unit: 'ms' }, goalMs),
        bounded({ name: `Pages anywhere ${of}, filtered too, p95`, value: pages, unit: 'ms' }, goalMs),
      ]
    } finally {
      await client.close()
    }
  } finally {
    database.remove()
  }
}

function open(folder: string): Promise<DatabaseClient> {
  const script = join(projectFolder, 'out', 'main', 'database.js')
  return startDatabase({ script, folder, name: 'orders', key: benchKey, log: () => undefined })
}

function page(client: DatabaseClient, filter: ChangesFilter, after: FeedPlace | null): Promise<number> {
  return timed(() => client.call('changes.page', { filter, after, count: pageSize, reveal: false }))
}

async function firstPage(folder: string): Promise<number> {
  const client = await open(folder)
  try {
    return await page(client, everything, null)
  } finally {
    await client.close()
  }
}

async function pagesAnywhere(client: DatabaseClient, orders: number): Promise<number> {
  const took: number[] = []
  for (const filter of filters)
    for (let round = 0; round < rounds; round += 1) {
      const seenAt = firstAt + Math.round((round / rounds) * orders * changesOfOrder) * stepMs
      took.push(await page(client, filter, { seenAt, id: 0 }))
    }
  return percentile(took, 0.95)
}

/** Orders and their changes as merges leave them, in as few statements as possible. */
async function fill(file: string, orders: number): Promise<void> {
  const db = await openFile(file, benchKey)
  try {
    db.transaction(() => {
      const { lastInsertRowid: account } = db.prepare('INSERT INTO accounts (account_id) VALUES (?)').run(accountId)
      db.prepare(insertOrders).run(orders, Number(account))
      db.prepare(insertChanges).run(firstAt, stepMs, orders)
      // As it is once the background has caught up: nothing else is measured here.
      db.exec('DELETE FROM search_waiting; DELETE FROM statistics_due')
    })()
  } finally {
    db.close()
  }
}

const insertOrders = `WITH RECURSIVE serial (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM serial WHERE n < ?)
  INSERT INTO orders (account, type, stage, placed_at, first_seen_at, changed_at, pull_order, order_no, customer_name,
    phone, product_name, production_word, production_code, reached)
  SELECT ?, 1 + (n % 5 = 0), iif(n % 3 = 0, 'shipped', 'activated'),
    '2024-' || printf('%02d', 1 + n % 12) || '-' || printf('%02d', 1 + n % 28) || ' 08:00:00', n, n, 1,
    printf('2024%014d', n), '张三', printf('138%08d', n), '流量王' || n % 40, '已发货', '550', 3 FROM serial`

/** Mixed over time; every thousandth goes backward. */
const insertChanges = `INSERT INTO status_changes (order_id, account, type, axis, had_before, from_word, to_word, stage,
    backward, seen_at, run, pull_order)
  SELECT o.id, o.account, o.type, iif(k.value = 2, 'activation', 'production'), 1,
    CASE k.value WHEN 2 THEN '未激活' WHEN 1 THEN '待审核' ELSE '已支付' END,
    CASE k.value WHEN 2 THEN '已激活' WHEN 1 THEN iif(o.id % 10 = 0, '开卡失败', '已发货') ELSE '待审核' END,
    o.stage, o.id % 1000 = 0, ? + ? * (o.id + k.value * ?), 1, 1
  FROM json_each('[0, 1, 2]') k CROSS JOIN orders o`

import type { Connection } from '../connection.ts'
import { axisColumns, fieldColumns } from '../orders/order-table.ts'
import { keepAnnotationsTx, keepReadTx } from './keep-merchants-own.ts'

export interface SwapCounts {
  added: number
  changed: number
  removed: number
}

export interface Swap {
  account: number
  type: number
  /** Live ids of orders that have become one with another. */
  joined: ReadonlyMap<number, number>
  /** Those of these live ids that replies which are still there explain: without them in the shadow they are gone. */
  isExplained(ids: readonly number[]): number[]
}

/** What a merge writes of an order; everything else (pushed, marks of others) stays with the live row. */
const written = [
  ...fieldColumns,
  ...axisColumns,
  'stage',
  'placed_at',
  'first_seen_at',
  'changed_at',
  'pull_order',
  'backward',
  'partial',
]
const change = ['axis', 'had_before', 'from_word', 'from_code', 'to_word', 'to_code', 'stage', 'backward', 'seen_at']
const changeColumns = [...change, 'upstream_at', 'run', 'pull_order', 'push', 'account', 'type']

/** Shadow and live ids: of orders that stay, of those whose history changes, of new ones. */
const pairTables = ['swapped', 'retold', 'fresh'] as const

/**
 * Takes over what differs from the attached schema `rebuilt`, within one transaction and without a pause in it: nobody
 * may see half of it. Rows keep their ids; a history that comes out the same keeps its entries.
 */
export function swapTx(live: Connection, swap: Swap): SwapCounts {
  for (const table of pairTables)
    live.script(`CREATE TEMP TABLE ${table} (shadow INTEGER PRIMARY KEY, live INTEGER NOT NULL UNIQUE)`)
  live.script('CREATE TEMP TABLE touched (live INTEGER PRIMARY KEY)')
  try {
    pairTx(live, swap)
    leavePushedTx(live)
    const removed = removeTx(live, swap)
    updateTx(live)
    historyTx(live)
    const changed = live.get<{ count: number }>('SELECT count(*) AS count FROM temp.touched')?.count ?? 0
    const added = insertTx(live)
    unreadableTx(live, swap)
    return { added, changed, removed }
  } finally {
    for (const table of [...pairTables, 'touched']) live.script(`DROP TABLE temp.${table}`)
  }
}

const sameNumber = 'o.account = r.account AND o.type = r.type AND o.order_no = r.order_no'

/** Orders put in from the live file have its ids; the others are known by their number. */
function pairTx(live: Connection, { account, type, joined }: Swap): void {
  live.run(
    `INSERT INTO temp.swapped SELECT r.id, o.id FROM rebuilt.orders r JOIN main.orders o ON o.id = r.id
     WHERE r.id IN (SELECT id FROM rebuilt.seeds) AND o.account = ? AND o.type = ?`,
    [account, type],
  )
  live.run(
    `INSERT OR IGNORE INTO temp.swapped SELECT r.id, o.id FROM rebuilt.orders r JOIN main.orders o ON ${sameNumber}
     WHERE r.id NOT IN (SELECT shadow FROM temp.swapped) AND o.id NOT IN (SELECT value FROM json_each(?))`,
    [JSON.stringify([...joined.keys()])],
  )
  pairByOriginalTx(live, account, type)
}

/** Beyond that, comparing whole elements would take too much memory at once. */
const mostCompared = 200_000

/** Where numbers are read elsewhere than before, an order is still the one whose last element is the same. */
function pairByOriginalTx(live: Connection, account: number, type: number): void {
  const unpaired = 'o.account = ? AND o.type = ? AND o.id NOT IN (SELECT live FROM temp.swapped)'
  const left = live.get<{ count: number }>(`SELECT count(*) AS count FROM main.orders o WHERE ${unpaired}`, [
    account,
    type,
  ])
  if (left === undefined || left.count === 0 || left.count > mostCompared) return
  live.run(
    `INSERT OR IGNORE INTO temp.swapped SELECT r.order_id, j.order_id FROM main.orders o
     JOIN main.order_originals j ON j.order_id = o.id JOIN rebuilt.order_originals r ON r.json = j.json
     WHERE ${unpaired} AND r.order_id NOT IN (SELECT shadow FROM temp.swapped)`,
    [account, type],
  )
}

/** An order to which a push came meanwhile stays as it is: the next rebuild takes it, push and all. */
function leavePushedTx(live: Connection): void {
  live.run(
    `DELETE FROM temp.swapped WHERE
       EXISTS (SELECT 1 FROM main.status_changes c WHERE c.order_id = swapped.live AND c.push IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM rebuilt.status_changes r WHERE r.push = c.push AND r.axis = c.axis))
       OR EXISTS (SELECT 1 FROM main.pushed_items p WHERE p.order_id = swapped.live AND NOT EXISTS (
         SELECT 1 FROM rebuilt.pushed_items r WHERE r.id = p.id AND r.repeats = p.repeats))
       OR EXISTS (SELECT 1 FROM main.orders o JOIN rebuilt.orders r ON r.id = swapped.shadow
         WHERE o.id = swapped.live AND o.pushed > r.pushed)`,
  )
}

const perStep = 1_000

function removeTx(live: Connection, swap: Swap): number {
  for (const [from, to] of swap.joined)
    live.run(
      `UPDATE main.pushed_items SET order_id = coalesce((SELECT live FROM temp.swapped WHERE shadow = ?), order_id)
       WHERE order_id = ?`,
      [to, from],
    )
  const left = live.column<number>(
    `SELECT id FROM main.orders WHERE account = ? AND type = ? AND id NOT IN (SELECT live FROM temp.swapped)`,
    [swap.account, swap.type],
  )
  const gone = new Set(left.filter((id) => swap.joined.has(id)))
  for (let start = 0; start < left.length; start += perStep)
    for (const id of swap.isExplained(left.slice(start, start + perStep))) gone.add(id)
  keepAnnotationsTx(live, gone, swap)
  const ids = JSON.stringify([...gone])
  for (const table of ['status_changes', 'order_originals', 'absences', 'reconcile_findings'])
    live.run(`DELETE FROM main.${table} WHERE order_id IN (SELECT value FROM json_each(?))`, [ids])
  live.run('DELETE FROM main.orders WHERE id IN (SELECT value FROM json_each(?))', [ids])
  return gone.size
}

function updateTx(live: Connection): void {
  const pairs = 'temp.swapped s JOIN rebuilt.orders r ON r.id = s.shadow'
  // Numbers that move on from one order to another must not meet on the way.
  live.script(
    `UPDATE main.orders SET order_no = char(0) || main.orders.id FROM ${pairs}
     WHERE main.orders.id = s.live AND main.orders.order_no <> r.order_no`,
  )
  const rebuilt = written.map((column) => `r.${column}`).join(', ')
  live.run(
    `INSERT INTO temp.touched SELECT s.live FROM ${pairs} JOIN main.orders o ON o.id = s.live
     WHERE (${written.map((column) => `o.${column}`).join(', ')}) IS NOT (${rebuilt})`,
  )
  live.run(
    `UPDATE main.orders SET (${written.join(', ')}) = (${rebuilt}) FROM ${pairs}
     WHERE main.orders.id = s.live AND s.live IN (SELECT live FROM temp.touched)`,
  )
  live.run(
    `UPDATE main.order_originals SET json = r.json FROM temp.swapped s JOIN rebuilt.order_originals r ON r.order_id = s.shadow
     WHERE main.order_originals.order_id = s.live AND main.order_originals.json <> r.json`,
  )
}

function insertTx(live: Connection): number {
  const columns = ['account', 'type', ...written]
  const added = live.run(
    `INSERT INTO main.orders (${columns.join(', ')}) SELECT ${columns.map((column) => `r.${column}`).join(', ')}
     FROM rebuilt.orders r WHERE r.id NOT IN (SELECT shadow FROM temp.swapped)
       AND NOT EXISTS (SELECT 1 FROM main.orders o WHERE ${sameNumber}) ORDER BY r.id`,
  )
  if (added === 0) return 0
  live.run(
    `INSERT INTO temp.fresh SELECT r.id, o.id FROM rebuilt.orders r JOIN main.orders o ON ${sameNumber}
     WHERE r.id NOT IN (SELECT shadow FROM temp.swapped)
       AND NOT EXISTS (SELECT 1 FROM main.order_originals j WHERE j.order_id = o.id)`,
  )
  live.run(
    `INSERT INTO main.order_originals SELECT s.live, r.json FROM temp.fresh s JOIN rebuilt.order_originals r
     ON r.order_id = s.shadow`,
  )
  insertHistoryTx(live, 'fresh')
  return added
}

/** An order's history as one text, the same where every entry is. */
function historySql(schema: 'main' | 'rebuilt', orderId: string): string {
  return `(SELECT json_group_array(json_array(${changeColumns.join(', ')})) FROM (
    SELECT * FROM ${schema}.status_changes WHERE order_id = ${orderId} ORDER BY axis, pull_order, id))`
}

/** Orders whose history comes out otherwise get the new one whole; the others keep their entries, ids and all. */
function historyTx(live: Connection): void {
  live.run(
    `INSERT INTO temp.retold SELECT s.shadow, s.live FROM temp.swapped s
     WHERE ${historySql('main', 's.live')} <> ${historySql('rebuilt', 's.shadow')}`,
  )
  live.run('INSERT OR IGNORE INTO temp.touched SELECT live FROM temp.retold')
  keepReadTx(live, () => {
    live.run('DELETE FROM main.status_changes WHERE order_id IN (SELECT live FROM temp.retold)')
    insertHistoryTx(live, 'retold')
  })
  // How far they came is found out from what is told of them now.
  live.run('UPDATE main.orders SET reached = NULL WHERE id IN (SELECT live FROM temp.touched)')
}

function insertHistoryTx(live: Connection, orders: 'retold' | 'fresh'): void {
  live.run(
    `INSERT INTO main.status_changes (order_id, ${changeColumns.join(', ')})
     SELECT s.live, ${changeColumns.map((column) => `r.${column}`).join(', ')} FROM temp.${orders} s
     JOIN rebuilt.status_changes r ON r.order_id = s.shadow ORDER BY r.pull_order, r.id`,
  )
}

function unreadableTx(live: Connection, { account, type }: Swap): void {
  live.run('DELETE FROM main.unreadable_items WHERE account = ? AND type = ?', [account, type])
  const columns = 'account, type, reply_uid, position, reason, original, seen_at, last_seen_at, times'
  live.run(`INSERT INTO main.unreadable_items (${columns}) SELECT ${columns} FROM rebuilt.unreadable_items ORDER BY id`)
}

import type { Connection } from '../connection.ts'
import { axisColumns, fieldColumns } from '../orders/order-table.ts'
import { keepAnnotationsTx, keepReadTx } from './keep-merchants-own.ts'
import { pairTx, sameNumber, unpaired, type Pairing } from './pair-orders.ts'
import { inPieces, ofList, whileRows, type Turn } from './pieces.ts'

export interface SwapCounts {
  added: number
  changed: number
  removed: number
  /** Orders to which something came that is not in the rebuilt ones: they stay as they are. */
  left: number
}

export interface Swap extends Pairing {
  /** Those of these live ids that replies which are still there explain: without them in the shadow they are gone. */
  isExplained(ids: readonly number[]): number[]
  turn: Turn
  /** Tells how many further orders have been taken over. */
  progress(orders: number): void
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
/** `untaken`: rebuilt orders that the live one does not take over. */
const idTables = { joined: 'live', touched: 'live', untaken: 'shadow' } as const

/**
 * Takes over what differs from the attached schema `rebuilt`, within a transaction of a connection of its own: whoever
 * reads meanwhile, between the pieces, sees the old. Rows keep their ids; a history that comes out the same keeps its
 * entries.
 */
export async function swapTx(live: Connection, swap: Swap): Promise<SwapCounts> {
  for (const table of pairTables)
    live.script(`CREATE TEMP TABLE ${table} (shadow INTEGER PRIMARY KEY, live INTEGER NOT NULL UNIQUE)`)
  for (const [table, id] of Object.entries(idTables))
    live.script(`CREATE TEMP TABLE ${table} (${id} INTEGER PRIMARY KEY)`)
  await pairTx(live, swap, swap.turn)
  await leavePushedTx(live, swap.turn)
  const { removed, left } = await removeTx(live, swap)
  await freeNumbersTx(live, swap.turn)
  await takeOverTx(live, swap)
  const changed = live.get<{ count: number }>('SELECT count(*) AS count FROM temp.touched')?.count ?? 0
  const added = await insertTx(live, swap)
  await unreadableTx(live, swap)
  return { added, changed, removed, left }
}

/** An order to which a push came that the rebuilt one does not hold stays as it is: the next rebuild takes it. */
async function leavePushedTx(live: Connection, turn: Turn): Promise<void> {
  await inPieces(live, ['temp.swapped', 'shadow'], turn, (after, to) => {
    live.run(
      `INSERT INTO temp.untaken SELECT s.shadow FROM temp.swapped s CROSS JOIN main.orders o ON o.id = s.live
       WHERE s.shadow > ? AND s.shadow <= ? AND o.pushed = 1 AND (
         EXISTS (SELECT 1 FROM main.status_changes c WHERE c.order_id = o.id AND c.push IS NOT NULL
           AND NOT EXISTS (SELECT 1 FROM rebuilt.status_changes r WHERE r.order_id = s.shadow AND r.push = c.push
             AND r.axis = c.axis))
         OR EXISTS (SELECT 1 FROM main.pushed_items p WHERE p.order_id = o.id
           AND NOT EXISTS (SELECT 1 FROM rebuilt.pushed_items r WHERE r.id = p.id))
         OR NOT EXISTS (SELECT 1 FROM rebuilt.orders r WHERE r.id = s.shadow AND r.pushed = 1))`,
      [after, to],
    )
    live.run(
      `DELETE FROM temp.swapped WHERE shadow > ? AND shadow <= ? AND shadow IN (SELECT shadow FROM temp.untaken)`,
      [after, to],
    )
  })
}

/** `left`: orders that no reply explains and that nothing rebuilt takes the place of: pushes came to them meanwhile. */
async function removeTx(live: Connection, swap: Swap): Promise<{ removed: number; left: number }> {
  await ofList([...swap.joined], swap.turn, (pairs) => {
    for (const [from, to] of pairs)
      live.run(
        `UPDATE main.pushed_items SET order_id = coalesce((SELECT live FROM temp.swapped WHERE shadow = ?), order_id)
         WHERE order_id = ?`,
        [to, from],
      )
  })
  const counts = { removed: 0, left: 0 }
  await ofList(await unpaired(live, swap, swap.turn), swap.turn, (left) => {
    const gone = new Set([...left.filter((id) => swap.joined.has(id)), ...swap.isExplained(left)])
    keepAnnotationsTx(live, gone, swap)
    const ids = JSON.stringify([...gone])
    for (const table of ['status_changes', 'order_originals', 'absences', 'reconcile_findings'])
      live.run(`DELETE FROM main.${table} WHERE order_id IN (SELECT value FROM json_each(?))`, [ids])
    live.run('DELETE FROM main.orders WHERE id IN (SELECT value FROM json_each(?))', [ids])
    counts.removed += gone.size
    counts.left += left.length - gone.size
  })
  return counts
}

/** Numbers that move on from one order to another must not meet on the way. */
async function freeNumbersTx(live: Connection, turn: Turn): Promise<void> {
  await inPieces(live, ['temp.swapped', 'shadow'], turn, (after, to) =>
    live.run(
      `UPDATE main.orders SET order_no = char(0) || id WHERE id IN (
         SELECT s.live FROM temp.swapped s CROSS JOIN rebuilt.orders r ON r.id = s.shadow
         CROSS JOIN main.orders o ON o.id = s.live
         WHERE s.shadow > ? AND s.shadow <= ? AND o.order_no <> r.order_no)`,
      [after, to],
    ),
  )
}

async function takeOverTx(live: Connection, { turn, progress }: Swap): Promise<void> {
  await inPieces(live, ['temp.swapped', 'shadow'], turn, (after, to, orders) => {
    updateTx(live, after, to)
    historyTx(live, after, to)
    progress(orders)
  })
}

function updateTx(live: Connection, after: number, to: number): void {
  const pairs = 'temp.swapped s CROSS JOIN rebuilt.orders r ON r.id = s.shadow'
  const piece = 's.shadow > ? AND s.shadow <= ?'
  const rebuilt = written.map((column) => `r.${column}`).join(', ')
  live.run(
    `INSERT INTO temp.touched SELECT s.live FROM ${pairs} CROSS JOIN main.orders o ON o.id = s.live
     WHERE ${piece} AND (${written.map((column) => `o.${column}`).join(', ')}) IS NOT (${rebuilt})`,
    [after, to],
  )
  live.run(
    `UPDATE main.orders SET (${written.join(', ')}) = (
       SELECT ${rebuilt} FROM temp.swapped s JOIN rebuilt.orders r ON r.id = s.shadow WHERE s.live = orders.id)
     WHERE id IN (SELECT s.live FROM temp.swapped s CROSS JOIN temp.touched t ON t.live = s.live WHERE ${piece})`,
    [after, to],
  )
  live.run(
    `UPDATE main.order_originals SET json = (SELECT r.json FROM temp.swapped s JOIN rebuilt.order_originals r
       ON r.order_id = s.shadow WHERE s.live = order_originals.order_id)
     WHERE order_id IN (SELECT s.live FROM temp.swapped s CROSS JOIN rebuilt.order_originals r ON r.order_id = s.shadow
       CROSS JOIN main.order_originals j ON j.order_id = s.live WHERE ${piece} AND j.json <> r.json)`,
    [after, to],
  )
}

async function insertTx(live: Connection, { turn, progress }: Swap): Promise<number> {
  const columns = ['account', 'type', ...written]
  let added = 0
  await inPieces(live, ['rebuilt.orders', 'id'], turn, (after, to) => {
    const isNew = `r.id > ? AND r.id <= ? AND r.id NOT IN (SELECT shadow FROM temp.swapped)
      AND r.id NOT IN (SELECT shadow FROM temp.untaken)`
    const inserted = live.run(
      `INSERT INTO main.orders (${columns.join(', ')}) SELECT ${columns.map((column) => `r.${column}`).join(', ')}
       FROM rebuilt.orders r WHERE ${isNew} AND NOT EXISTS (SELECT 1 FROM main.orders o WHERE ${sameNumber}) ORDER BY r.id`,
      [after, to],
    )
    if (inserted === 0) return
    live.run(
      `INSERT INTO temp.fresh SELECT r.id, o.id FROM rebuilt.orders r CROSS JOIN main.orders o ON ${sameNumber}
       WHERE ${isNew} AND NOT EXISTS (SELECT 1 FROM main.order_originals j WHERE j.order_id = o.id)`,
      [after, to],
    )
    live.run(
      `INSERT INTO main.order_originals SELECT s.live, r.json FROM temp.fresh s CROSS JOIN rebuilt.order_originals r
       ON r.order_id = s.shadow WHERE s.shadow > ? AND s.shadow <= ?`,
      [after, to],
    )
    insertHistoryTx(live, 'fresh', after, to)
    added += inserted
    progress(inserted)
  })
  return added
}

/** An order's history as one text, the same where every entry is. */
function historySql(schema: 'main' | 'rebuilt', orderId: string): string {
  return `(SELECT json_group_array(json_array(${changeColumns.join(', ')})) FROM (
    SELECT * FROM ${schema}.status_changes WHERE order_id = ${orderId} ORDER BY axis, pull_order, id))`
}

/** Orders whose history comes out otherwise get the new one whole; the others keep their entries, ids and all. */
function historyTx(live: Connection, after: number, to: number): void {
  const piece = 'shadow > ? AND shadow <= ?'
  live.run(
    `INSERT INTO temp.retold SELECT s.shadow, s.live FROM temp.swapped s
     WHERE ${piece} AND ${historySql('main', 's.live')} <> ${historySql('rebuilt', 's.shadow')}`,
    [after, to],
  )
  const retold = `SELECT live FROM temp.retold WHERE ${piece}`
  live.run(`INSERT OR IGNORE INTO temp.touched ${retold}`, [after, to])
  keepReadTx(live, { sql: retold, values: [after, to] }, () => {
    live.run(`DELETE FROM main.status_changes WHERE order_id IN (${retold})`, [after, to])
    insertHistoryTx(live, 'retold', after, to)
  })
  // How far they came is found out from what is told of them now.
  live.run(
    `UPDATE main.orders SET reached = NULL
     WHERE id IN (SELECT s.live FROM temp.swapped s CROSS JOIN temp.touched t ON t.live = s.live WHERE s.shadow > ? AND s.shadow <= ?)`,
    [after, to],
  )
}

function insertHistoryTx(live: Connection, orders: 'retold' | 'fresh', after: number, to: number): void {
  live.run(
    `INSERT INTO main.status_changes (order_id, ${changeColumns.join(', ')})
     SELECT s.live, ${changeColumns.map((column) => `r.${column}`).join(', ')} FROM temp.${orders} s
     CROSS JOIN rebuilt.status_changes r ON r.order_id = s.shadow WHERE s.shadow > ? AND s.shadow <= ?
     ORDER BY r.pull_order, r.id`,
    [after, to],
  )
}

async function unreadableTx(live: Connection, { account, type, turn }: Swap): Promise<void> {
  await whileRows(turn, (limit) =>
    live.run(`DELETE FROM main.unreadable_items WHERE account = ? AND type = ? LIMIT ${limit}`, [account, type]),
  )
  const columns = 'account, type, reply_uid, position, reason, original, seen_at, last_seen_at, times'
  await inPieces(live, ['rebuilt.unreadable_items', 'id'], turn, (after, to) =>
    live.run(
      `INSERT INTO main.unreadable_items (${columns}) SELECT ${columns} FROM rebuilt.unreadable_items
       WHERE id > ? AND id <= ? ORDER BY id`,
      [after, to],
    ),
  )
}

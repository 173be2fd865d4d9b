import type { Connection } from '../connection.ts'
import { applyPushTx } from './apply-push.ts'
import { matchPush } from './match-push.ts'
import { pushedOrderOf, pushedRowSql, type PushedRow } from './pushed-row.ts'

const waiting = `account = ? AND state IN ('unmatched', 'several')`

/** Pushes that have no order yet. */
export function countWaiting(orders: Connection, account: number | null): number {
  const sql = `SELECT count(*) AS count FROM pushed_items WHERE ${waiting}`
  return orders.get<{ count: number }>(sql, [account])?.count ?? 0
}

/** Whether any push waits: asked before every merge, so it looks at one row. */
export function hasWaiting(orders: Connection, account: number): boolean {
  return orders.get(`SELECT 1 FROM pushed_items WHERE ${waiting} LIMIT 1`, [account]) !== undefined
}

/**
 * An order of these numbers has arrived, or learned one: pushes that waited for it are merged, in the order in which
 * they came. Returns how many were.
 */
export function matchWaitingTx(
  orders: Connection,
  account: number,
  numbers: { orderNo: string; ownNo: string | null },
): number {
  const rows = new Map<number, PushedRow>()
  const find = (column: 'order_no' | 'own_no', number: string | null): void => {
    if (number === null) return
    const sql = `SELECT ${pushedRowSql} FROM pushed_items WHERE ${waiting} AND ${column} = ?`
    for (const row of orders.all<PushedRow>(sql, [account, number])) rows.set(row.id, row)
  }
  find('order_no', numbers.orderNo)
  find('own_no', numbers.ownNo)
  find('own_no', numbers.orderNo)
  const inOrder = [...rows.values()].sort((one, other) => one.id - other.id)
  return inOrder.filter((row) => placeTx(orders, account, row).state === 'merged').length
}

/** Finds the order of a push and merges it there, or notes why it has none. */
export function placeTx(
  orders: Connection,
  account: number,
  row: PushedRow,
): { state: 'merged' | 'unmatched' | 'several'; changed: boolean } {
  const found = matchPush(orders, account, pushedOrderOf(row))
  if (typeof found === 'string') {
    orders.run('UPDATE pushed_items SET state = ? WHERE id = ?', [found, row.id])
    return { state: found, changed: false }
  }
  const changed = applyPushTx(orders, found, row)
  orders.run(`UPDATE pushed_items SET state = 'merged', order_id = ? WHERE id = ?`, [found.id, row.id])
  return { state: 'merged', changed }
}

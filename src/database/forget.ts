import type { Connection } from './connection.ts'
import { findAccount, type Session } from './session.ts'
import { untilNextTurn } from './steps.ts'

/** Those that refer to others come before them. */
const tablesOfAccount = [
  'orders',
  'left_annotations',
  'feed_marks',
  'read_changes',
  'statistics',
  // Deleting orders notes their days.
  'statistics_due',
  'pushed_items',
  'unreadable_items',
  'merged_replies',
  'unread_ranges',
  'range_evidence',
  'requests',
  'sync_runs',
  'views',
  'view_rules',
  'mappings',
  'known_codes',
] as const

/** Rows deleted in one transaction: short enough that other writes get their turn. */
const stepRows = 5_000

/**
 * Deletes an account's data; its attempts stay, because they are the quota. The account is gone for every query at
 * once; its rows go in steps, and what an early end leaves is deleted at the next start.
 */
export async function forgetAccount(session: Session, accountId: string): Promise<number> {
  const { orders } = session
  const account = findAccount(orders, accountId)
  if (account === null) return 0
  const count = orders.get<{ count: number }>('SELECT count(*) AS count FROM orders WHERE account = ?', [
    account,
  ])?.count
  await orders.write(() => orders.run('UPDATE accounts SET forgotten = 1 WHERE id = ?', [account]))
  session.revision += 1
  session.ordersChanged(accountId)
  await deleteForgotten(session)
  return count ?? 0
}

export async function deleteForgotten({ orders, replies }: Session): Promise<void> {
  for (const account of orders.column<number>('SELECT id FROM accounts WHERE forgotten = 1')) {
    await inSteps(replies, `reply_chunks WHERE reply IN (SELECT id FROM replies WHERE account = ${account})`)
    await inSteps(replies, `replies WHERE account = ${account}`)
    await forgetPushes(orders, replies, account)
    const ofOrders = `order_id IN (SELECT id FROM orders WHERE account = ${account})`
    await inSteps(orders, `reconcile_findings WHERE run IN (SELECT id FROM sync_runs WHERE account = ${account})`)
    await inSteps(orders, `absences WHERE ${ofOrders}`)
    await inSteps(orders, `status_changes WHERE ${ofOrders}`)
    await inSteps(orders, `order_originals WHERE ${ofOrders}`)
    for (const table of tablesOfAccount) await inSteps(orders, `${table} WHERE account = ${account}`)
    await orders.write(() => orders.run('DELETE FROM accounts WHERE id = ?', [account]))
  }
  await giveBack(replies)
}

/** Those of the account as it was: one of the same id that came since keeps its own. */
async function forgetPushes(orders: Connection, replies: Connection, account: number): Promise<void> {
  const id = orders.get<{ account_id: string }>('SELECT account_id FROM accounts WHERE id = ?', [account])?.account_id
  if (id === undefined || findAccount(orders, id) !== null) return
  await replies.write(() => replies.run('DELETE FROM pushes WHERE account_id = ?', [id]))
}

/** Returns freed pages to the file system, where the file was made to. */
export async function giveBack(connection: Connection): Promise<void> {
  while (Number(connection.pragma('freelist_count')) > 0) {
    const before = Number(connection.pragma('freelist_count'))
    connection.script('PRAGMA incremental_vacuum(2000)')
    if (Number(connection.pragma('freelist_count')) >= before) return
    await untilNextTurn()
  }
}

/**
 * `of` is our own text: a table and its condition, numbers only. Nothing is written where nothing is left, so that an
 * end in between costs the next start no writes for what is done already.
 */
async function inSteps(connection: Connection, of: string): Promise<void> {
  while (connection.get(`SELECT 1 FROM ${of} LIMIT 1`) !== undefined) {
    await connection.write(() => connection.run(`DELETE FROM ${of} LIMIT ${stepRows}`))
    await untilNextTurn()
  }
}

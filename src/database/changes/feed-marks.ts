import { changesLimits } from '#shared/contract/changes.ts'
import type { Connection } from '../connection.ts'
import { findAccount, type Session } from '../session.ts'

interface Unread {
  unread: number
  visitedAt: number | null
}

export interface Marks {
  read_at: number
  visited_at: number | null
}

export function readMarks(orders: Connection, account: number): Marks {
  const sql = 'SELECT read_at, visited_at FROM feed_marks WHERE account = ?'
  return orders.get<Marks>(sql, [account]) ?? { read_at: 0, visited_at: null }
}

export function countUnread({ orders }: Session, accountId: string): Unread {
  const account = findAccount(orders, accountId)
  if (account === null) return { unread: 0, visitedAt: null }
  const marks = readMarks(orders, account)
  const unread = orders.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM status_changes
       WHERE account = ? AND had_before = 1 AND seen_at > ?
         AND id NOT IN (SELECT change_id FROM read_changes WHERE account = ?) LIMIT ${changesLimits.unread})`,
    [account, marks.read_at, account],
  )
  return { unread: unread?.count ?? 0, visitedAt: marks.visited_at }
}

/** Moves the mark of the last visit to the newest change. */
export async function visitFeed({ orders }: Session, accountId: string): Promise<void> {
  await orders.write(() => {
    const account = findAccount(orders, accountId)
    if (account === null) return
    const newest = newestAt(orders, account)
    if (newest !== readMarks(orders, account).visited_at) setMarkTx(orders, account, 'visited_at', newest)
  })
}

export async function markRead(
  session: Session,
  { accountId, ids }: { accountId: string; ids: readonly number[] | null },
): Promise<Unread> {
  const { orders } = session
  await orders.write(() => {
    const account = findAccount(orders, accountId)
    if (account === null) return
    if (ids === null) {
      setMarkTx(orders, account, 'read_at', newestAt(orders, account))
      orders.run('DELETE FROM read_changes WHERE account = ?', [account])
    } else
      orders.run(
        `INSERT OR IGNORE INTO read_changes SELECT c.id, c.account FROM json_each(?) AS wanted
         JOIN status_changes c ON c.id = wanted.value
         WHERE c.account = ? AND c.had_before = 1 AND c.seen_at > ?`,
        [JSON.stringify(ids), account, readMarks(orders, account).read_at],
      )
  })
  return countUnread(session, accountId)
}

function setMarkTx(orders: Connection, account: number, mark: keyof Marks, at: number): void {
  orders.run(
    `INSERT INTO feed_marks (account, ${mark}) VALUES (?, ?) ON CONFLICT (account) DO UPDATE SET ${mark} = excluded.${mark}`,
    [account, at],
  )
}

function newestAt(orders: Connection, account: number): number {
  const sql = 'SELECT seen_at FROM status_changes WHERE account = ? AND had_before = 1 ORDER BY seen_at DESC LIMIT 1'
  return orders.column<number>(sql, [account])[0] ?? 0
}

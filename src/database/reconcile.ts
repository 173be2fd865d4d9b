import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { ReconcileFinding, ReconcileReport } from '#shared/contract/sync.ts'
import { limits } from '#shared/contract/common.ts'
import type { Stage } from '#domain/vocabulary.ts'
import type { Connection } from './connection.ts'
import { findAccount, missing, typeOf, type Session } from './session.ts'

/** An order counts as gone when so many complete reads in a row did not hold it. */
const readsUntilGone = 2

interface ReconcileRun {
  id: number
  account: number
  type: number
  unreadable: number
  range_from: string | null
  range_to: string | null
}

/**
 * The reads of a reconcile end at its present, so an order created within its range was also updated within it: it must
 * come back whatever start and end mean. Orders without a creation time cannot be missed for sure.
 */
export async function finishReconcile(
  session: Session,
  { runId, at }: InputOf<DatabaseRoutes['reconcile.finish']>,
): Promise<number> {
  const { orders } = session
  const gone = await orders.write(() => {
    const run = orders.get<ReconcileRun>(
      'SELECT id, account, type, unreadable, range_from, range_to FROM sync_runs WHERE id = ?',
      [runId],
    )
    forgetOlderTx(orders, run ?? missing('run'))
    return noteAbsencesTx(orders, run ?? missing('run'), at)
  })
  if (gone > 0) {
    session.revision += 1
    const account = orders.get<{ account_id: string }>(
      'SELECT account_id FROM accounts WHERE id = (SELECT account FROM sync_runs WHERE id = ?)',
      [runId],
    )
    if (account !== undefined) session.ordersChanged(account.account_id)
  }
  return gone
}

/** Orders from before everything that was ever asked for were not missed: nobody had asked for them yet. */
function forgetOlderTx(orders: Connection, run: ReconcileRun): void {
  const reach = orders.get<{ from: string | null }>(
    `SELECT min(range_from) AS "from" FROM sync_runs WHERE account = ? AND type = ? AND complete = 1 AND id <> ?`,
    [run.account, run.type, run.id],
  )
  if (reach === undefined || reach.from === null) return
  orders.run(
    `DELETE FROM reconcile_findings WHERE run = ? AND kind = 'new'
     AND order_id IN (SELECT id FROM orders WHERE account = ? AND type = ? AND placed_at < ?)`,
    [run.id, run.account, run.type, reach.from],
  )
}

function noteAbsencesTx(orders: Connection, run: ReconcileRun, at: number): number {
  // What could not be read may be the very orders that seem to be missing.
  if (run.range_from === null || run.range_to === null || run.unreadable > 0) return 0
  const first = orders.get<{ id: number | null }>(
    'SELECT min(t.id) AS id FROM attempts t JOIN requests q ON q.id = t.request WHERE q.run = ?',
    [run.id],
  )?.id
  if (first === null || first === undefined) return 0
  orders.run(
    `INSERT INTO absences (order_id, pull_order, reads, run, gone_at)
     SELECT id, pull_order, 1, ?, NULL FROM orders
     WHERE account = ? AND type = ? AND placed_at > ? AND placed_at < ? AND created_at IS NOT NULL AND pull_order < ?
     ON CONFLICT (order_id) DO UPDATE SET
       reads = CASE WHEN pull_order = excluded.pull_order THEN reads + (run <> excluded.run) ELSE 1 END,
       gone_at = CASE WHEN pull_order = excluded.pull_order THEN gone_at END,
       pull_order = excluded.pull_order, run = excluded.run`,
    [run.id, run.account, run.type, run.range_from, run.range_to, first],
  )
  const gone = orders.run(`UPDATE absences SET gone_at = ? WHERE run = ? AND reads >= ? AND gone_at IS NULL`, [
    at,
    run.id,
    readsUntilGone,
  ])
  orders.run(
    `INSERT OR REPLACE INTO reconcile_findings
     SELECT run, order_id, 'gone' FROM absences WHERE run = ? AND gone_at IS NOT NULL`,
    [run.id],
  )
  return gone
}

/** What a merge of a reconcile's reply found new or changed. */
export function noteFindingTx(orders: Connection, run: number, orderId: number, kind: 'new' | 'changed'): void {
  orders.run('INSERT OR IGNORE INTO reconcile_findings VALUES (?, ?, ?)', [run, orderId, kind])
}

interface FindingRow {
  kind: ReconcileFinding['kind']
  order_id: number
  order_no: string
  type: number
  stage: Stage
}

/** The last complete reconcile of each order type, together. An order that came back since is not gone any more. */
export function readReport({ orders }: Session, accountId: string): ReconcileReport {
  const runs = orders.all<{ id: number; ended_at: number }>(
    `SELECT max(id) AS id, ended_at FROM sync_runs WHERE account = ? AND purpose = 'reconcile' AND complete = 1
     GROUP BY type`,
    [findAccount(orders, accountId)],
  )
  const found = `FROM reconcile_findings f JOIN orders o ON o.id = f.order_id WHERE f.run IN (${runs
    .map(({ id }) => id)
    .join(', ')}) AND (f.kind <> 'gone' OR EXISTS (SELECT 1 FROM absences a WHERE a.order_id = o.id
      AND a.pull_order = o.pull_order AND a.gone_at IS NOT NULL))`
  const counts = orders.all<{ kind: string; count: number }>(`SELECT kind, count(*) AS count ${found} GROUP BY kind`)
  const count = (kind: ReconcileFinding['kind']) => counts.find((row) => row.kind === kind)?.count ?? 0
  const findings = orders.all<FindingRow>(
    `SELECT f.kind, f.order_id, o.order_no, o.type, o.stage ${found}
     ORDER BY CASE f.kind WHEN 'gone' THEN 0 WHEN 'new' THEN 1 ELSE 2 END, o.placed_at DESC LIMIT ${limits.rows}`,
  )
  return {
    at: runs.length === 0 ? null : Math.max(...runs.map(({ ended_at: at }) => at)),
    new: count('new'),
    changed: count('changed'),
    gone: count('gone'),
    findings: findings.map(({ kind, order_id: orderId, order_no: orderNo, type, stage }) => ({
      kind,
      orderId,
      orderNo,
      type: typeOf(type),
      stage,
    })),
  }
}

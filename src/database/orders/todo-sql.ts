import { dayMs, fromBeijing, toBeijing } from '#domain/beijing-time.ts'
import { stepNumber } from '#domain/funnel.ts'
import { endingStages } from '#domain/finality.ts'
import type { Todo, TodoRule } from '#shared/contract/todo-rules.ts'
import type { Where } from './where.ts'

const unfinished = `stage NOT IN (${endingStages.map((stage) => `'${stage}'`).join(', ')})`
/** Written exactly as in migration 0008, so that its partial index answers it. */
const rechargeable = `stage IN ('activated', 'recharged', 'settlementFailed') AND recharge_amount IS NOT NULL`

/** The stage that the order's last change moved on from: entries of one pull or push are one change. */
const stageBefore = `(SELECT p.stage FROM status_changes p WHERE p.order_id = orders.id AND (p.pull_order, p.seen_at) <>
  (SELECT l.pull_order, l.seen_at FROM status_changes l WHERE l.order_id = orders.id
   ORDER BY l.pull_order DESC, l.id DESC LIMIT 1)
  ORDER BY p.pull_order DESC, p.id DESC LIMIT 1)`

/**
 * A built-in view's rule as SQL over orders: what an index answers, and what is looked at for each order that is left.
 * Days are whole Beijing days back from `today`.
 */
export function todoSql(todo: Todo): { indexed: Where; looked: Where[] } {
  return { indexed: indexedSql(todo), looked: lookedSql(todo.view) }
}

function lookedSql({ rule }: TodoRule): Where[] {
  if (rule === 'cameBack') return [{ sql: `${stageBefore} IN ('failed', 'gone')`, values: [] }]
  return []
}

function indexedSql({ view, today }: Todo): Where {
  switch (view.rule) {
    case 'newToday':
      return { sql: 'first_seen_at BETWEEN ? AND ?', values: [midnight(today), midnight(today) + dayMs - 1] }
    case 'changedSinceLook':
      return { sql: 'changed_at > ? AND changed_at > first_seen_at', values: [view.since] }
    case 'cameBack':
      return { sql: `backward = 1 AND stage NOT IN ('failed', 'gone')`, values: [] }
    case 'shippedNotActivated':
      return since('shipped', 'shipped_at', view.days, today)
    case 'activatedNotRecharged':
      return since('activated', 'activated_at', view.days, today)
    case 'rechargeBelow': {
      const amount = 'CAST(recharge_amount AS REAL)'
      return { sql: `${rechargeable} AND ${amount} > 0 AND ${amount} < ?`, values: [view.amount] }
    }
    case 'activatedThenGone':
      return { sql: `stage = 'gone' AND reached >= ?`, values: [stepNumber('activated')] }
    case 'quiet':
      return { sql: `${unfinished} AND changed_at < ?`, values: [quietBefore(view, today)] }
    case 'needsMerchant':
    case 'failed':
    case 'settlementFailed':
      return { sql: `stage = '${view.rule}'`, values: [] }
  }
}

/** In that stage since a day so long ago; by its last change where the upstream gave no time. */
function since(stage: string, column: string, days: number, today: string): Where {
  const before = midnight(today) - (days - 1) * dayMs
  return {
    sql: `stage = '${stage}' AND (${column} < ? OR (${column} IS NULL AND changed_at < ?))`,
    values: [toBeijing(before), before],
  }
}

/** When the settlement failed: the upstream's own time of it, else when it was seen. */
const settlementFailedAt = `(SELECT coalesce(c.upstream_at, datetime(c.seen_at / 1000 + 28800, 'unixepoch'))
  FROM status_changes c WHERE c.order_id = orders.id AND c.axis = 'settlement' ORDER BY c.pull_order DESC, c.id DESC LIMIT 1)`

/** The last day to act, as a cell of a row; null where the view has none. */
export function dueOnSql(rule: TodoRule | undefined): string {
  if (rule?.rule !== 'settlementFailed') return 'NULL'
  return `date(coalesce(${settlementFailedAt}, datetime(changed_at / 1000 + 28800, 'unixepoch')), '+${rule.days} days')`
}

/** Epoch ms: what has not changed since is quiet. */
export function quietBefore({ days }: Extract<TodoRule, { rule: 'quiet' }>, today: string): number {
  return midnight(today) - (days - 1) * dayMs
}

function midnight(day: string): number {
  return fromBeijing(`${day} 00:00:00`)
}

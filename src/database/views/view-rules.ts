import { todoRules, todoRuleSchema, type TodoRule, type TodoRuleName } from '#shared/contract/todo-rules.ts'
import type { Connection } from '../connection.ts'
import { ensureAccountTx, findAccount, type Session } from '../session.ts'

/** Parameters until the merchant sets his own. First recharges of 50 yuan are what most plans ask for. */
const defaults: { readonly [Name in TodoRuleName]: Extract<TodoRule, { rule: Name }> } = {
  newToday: { rule: 'newToday' },
  changedSinceLook: { rule: 'changedSinceLook', since: 0 },
  needsMerchant: { rule: 'needsMerchant' },
  failed: { rule: 'failed' },
  cameBack: { rule: 'cameBack' },
  shippedNotActivated: { rule: 'shippedNotActivated', days: 7 },
  activatedNotRecharged: { rule: 'activatedNotRecharged', days: 1 },
  rechargeBelow: { rule: 'rechargeBelow', amount: 50 },
  activatedThenGone: { rule: 'activatedThenGone' },
  settlementFailed: { rule: 'settlementFailed', days: 30 },
  quiet: { rule: 'quiet', days: 15 },
}

/** Every built-in view as it is set for an account, in the order of `todoRules`. */
export function readRules({ orders }: Session, accountId: string): TodoRule[] {
  const rows = orders.all<{ rule: string; settings: string }>(
    'SELECT rule, settings FROM view_rules WHERE account = ?',
    [findAccount(orders, accountId)],
  )
  const set = new Map(rows.map(({ rule, settings }) => [rule, settings]))
  return todoRules.map((name) => {
    const stored = set.get(name)
    // What a later version may have written and this one does not read counts as not set.
    const read = todoRuleSchema.safeParse(stored === undefined ? null : JSON.parse(stored))
    return read.success ? read.data : defaults[name]
  })
}

/** Sets a view's parameters. When the merchant last looked is not among them: that is `look`. */
export async function setRule({ orders }: Session, accountId: string, rule: TodoRule): Promise<void> {
  if (rule.rule === 'changedSinceLook') return
  await orders.write(() => putRuleTx(orders, accountId, rule))
}

/**
 * The merchant has looked at what changed until now. Changes of replies and pushes that wait to be merged come later,
 * though they are of an earlier moment: the mark stays before them.
 */
export async function look(session: Session, accountId: string): Promise<{ since: number; now: number }> {
  const { orders } = session
  const since = readRules(session, accountId).find((rule) => rule.rule === 'changedSinceLook')?.since ?? 0
  const seen = orders.get<{ at: number | null }>('SELECT max(changed_at) AS at FROM orders WHERE account = ?', [
    findAccount(orders, accountId),
  ])
  const waiting = oldestWaiting(session, accountId)
  const now = Math.max(since, Math.min(seen?.at ?? 0, waiting === null ? Infinity : waiting - 1))
  await orders.write(() => putRuleTx(orders, accountId, { rule: 'changedSinceLook', since: now }))
  return { since, now }
}

/** When the oldest reply or push came that is here and not merged. */
function oldestWaiting({ replies }: Session, accountId: string): number | null {
  const row = replies.get<{ at: number | null }>(
    `SELECT min(at) AS at FROM (
       SELECT coalesce(ended_at, began_at) AS at FROM replies WHERE state = 'complete' AND merged = 0 AND account_id = ?
       UNION ALL SELECT received_at FROM pushes WHERE merged = 0 AND account_id = ?)`,
    [accountId, accountId],
  )
  return row?.at ?? null
}

function putRuleTx(orders: Connection, accountId: string, rule: TodoRule): void {
  const account = ensureAccountTx(orders, accountId)
  orders.run('INSERT OR REPLACE INTO view_rules VALUES (?, ?, ?)', [account, rule.rule, JSON.stringify(rule)])
}

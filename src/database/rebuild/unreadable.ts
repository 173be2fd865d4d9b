import { readStored } from '#domain/mapper/read-stored.ts'
import { isObject, parseJson } from '#domain/json.ts'
import type { Connection } from '../connection.ts'
import { OrderMerger } from '../merge/order-merger.ts'
import { insertRowTx, type Row } from './rows.ts'
import type { SeedContext } from './seed-orders.ts'

interface Item {
  id: number
  reply_uid: string
  reason: string
  original: string
  seen_at: number
  pull_order: number | null
  run: number | null
}

/**
 * Unreadable items of replies that have expired: those from which the new rules read an order become one, as if their
 * reply were read again; the others stay in the list. Those of replies that are still there come again by themselves.
 */
export function seedUnreadableTx(context: SeedContext, { account, type }: { account: number; type: number }): void {
  const { live, shadow, sources } = context
  const rows = live.all<Item & Record<string, never>>(
    `SELECT u.*, m.pull_order, q.run FROM unreadable_items u LEFT JOIN merged_replies m ON m.uid = u.reply_uid
     LEFT JOIN attempts a ON a.id = m.pull_order LEFT JOIN requests q ON q.id = a.request
     WHERE u.account = ? AND u.type = ? ORDER BY u.id`,
    [account, type],
  )
  const expired = rows.filter(({ pull_order }) => pull_order === null || !sources.isThere(pull_order))
  const numberRuled = (context.after.rules.fields.orderNo ?? []).length > 0
  const hopeful = expired.filter(
    ({ reason, original }) => numberRuled && reason !== 'notAnObject' && isObject(parseJson(original)),
  )
  const elements = hopeful.map(({ original }) => ({ orderNo: '', original }))
  const read = readStored(elements, context.evidence, context.after, context.profile)
  const readable = new Set<number>()
  for (const [index, item] of hopeful.entries()) {
    const order = read[index]
    if (order === null || order === undefined || order.orderNo === '') continue
    readable.add(item.id)
    const pull = {
      account,
      type,
      channel: 'sync' as const,
      run: item.run ?? 0,
      pullOrder: item.pull_order ?? 0,
      seenAt: item.seen_at,
      reconciles: false,
    }
    new OrderMerger(shadow, pull).mergeTx(order)
  }
  for (const { pull_order: _pull, run: _run, ...item } of expired) if (!readable.has(item.id)) copyTx(shadow, item)
}

function copyTx(shadow: Connection, item: Row): void {
  insertRowTx(shadow, 'unreadable_items', item)
}

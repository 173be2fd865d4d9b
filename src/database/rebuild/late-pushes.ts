import { readStored } from '#domain/mapper/read-stored.ts'
import type { Connection } from '../connection.ts'
import { selectStored, type StoredRow } from '../merge/stored-row.ts'
import { applyPushTx } from '../pushes/apply-push.ts'
import { pushedRowSql, type PushedRow } from '../pushes/pushed-row.ts'
import { untilNextTurn } from '../steps.ts'
import { insertRowTx, rowsOf, type Row } from './rows.ts'
import type { Joined, SeedContext } from './seed-orders.ts'

const stepItems = 500

interface Of {
  account: number
  type: number
}

/**
 * Merges into the rebuilt orders what was pushed, or found its order, since they were put in. No write may come between
 * it and the swap. An order that cannot be found among the rebuilt ones is left to the swap, which leaves it alone.
 */
export async function takeLatePushes(context: SeedContext, of: Of, joined: Joined): Promise<void> {
  const { live, shadow } = context
  for (let after = 0; ;) {
    const ids = live.column<number>(
      `SELECT p.id FROM pushed_items p JOIN orders o ON o.id = p.order_id
       WHERE p.account = ? AND p.id > ? AND p.state = 'merged' AND o.type = ? ORDER BY p.id LIMIT ${stepItems}`,
      [of.account, after, of.type],
    )
    const last = ids.at(-1)
    if (last === undefined) return
    after = last
    const known = new Set(rowsOf<{ id: number }>(shadow, 'pushed_items', 'id', ids).map(({ id }) => id))
    const late = ids.filter((id) => !known.has(id))
    if (late.length > 0) await shadow.write(() => late.forEach((id) => takeTx(context, of, joined, id)))
    await untilNextTurn()
  }
}

function takeTx(context: SeedContext, of: Of, joined: Joined, itemId: number): void {
  const { live, shadow } = context
  const item = live.get<Row>('SELECT * FROM pushed_items WHERE id = ?', [itemId])
  const push = live.get<PushedRow>(`SELECT ${pushedRowSql} FROM pushed_items WHERE id = ?`, [itemId])
  if (item === undefined || push === undefined) return
  const id = rebuiltIdOf(context, of, joined, Number(item['order_id']))
  const order = id === null ? undefined : shadow.get<StoredRow>(`${selectStored} WHERE id = ?`, [id])
  if (order === undefined) return
  applyPushTx(shadow, order, push)
  insertRowTx(shadow, 'pushed_items', { ...item, order_id: order.id })
}

function rebuiltIdOf(context: SeedContext, { account, type }: Of, joined: Joined, liveId: number): number | null {
  const { live, shadow } = context
  const together = joined.get(liveId)
  if (together !== undefined) return together
  if (shadow.get('SELECT 1 FROM seeds WHERE id = ?', [liveId]) !== undefined) return liveId
  const number = numberNow(context, live, liveId)
  const found = shadow.column<number>('SELECT id FROM orders WHERE account = ? AND type = ? AND order_no = ?', [
    account,
    type,
    number,
  ])
  return found[0] ?? null
}

/** The order's number as the new rules read it. */
function numberNow({ evidence, after, profile }: SeedContext, live: Connection, id: number): string {
  const stored = live.get<{ order_no: string; json: string }>(
    'SELECT o.order_no, j.json FROM orders o JOIN order_originals j ON j.order_id = o.id WHERE o.id = ?',
    [id],
  )
  if (stored === undefined) return ''
  const [read] = readStored([{ orderNo: stored.order_no, original: stored.json }], evidence, after, profile)
  return read?.orderNo ?? stored.order_no
}

import { annotationLimits, type Annotation } from '#shared/contract/annotations.ts'
import { applyChange } from '../annotations/apply-change.ts'
import { toAnnotation, toCells, type AnnotationCells } from '../annotations/annotation-cells.ts'
import type { Connection, Value } from '../connection.ts'

export interface Left {
  account: number
  type: number
  /** Live ids of orders that have become one with another: the shadow id of that. */
  joined: ReadonlyMap<number, number>
}

interface GoneOrder extends AnnotationCells {
  id: number
  order_no: string
}

/**
 * What the merchant wrote at orders that a re-run takes away: it goes to the order that one has become part of, else it
 * waits for an order of that number.
 */
export function keepAnnotationsTx(live: Connection, gone: ReadonlySet<number>, left: Left): void {
  const annotated = live.all<GoneOrder>(
    `SELECT o.id, o.order_no, o.note, o.tags, o.flag FROM json_each(?) AS gone JOIN main.orders o ON o.id = gone.value
     WHERE o.note IS NOT NULL OR o.tags IS NOT NULL OR o.flag IS NOT NULL`,
    [JSON.stringify([...gone])],
  )
  for (const order of annotated) {
    const target = targetOf(live, order, left)
    if (target.id !== null && !gone.has(target.id)) addToOrderTx(live, target.id, order)
    else leaveTx(live, left, target.orderNo, order)
  }
}

function targetOf(live: Connection, order: GoneOrder, { joined }: Left): { id: number | null; orderNo: string } {
  const shadow = joined.get(order.id)
  const found =
    shadow === undefined
      ? undefined
      : live.get<{ id: number | null; orderNo: string }>(
          `SELECT s.live AS id, r.order_no AS orderNo FROM rebuilt.orders r LEFT JOIN temp.swapped s ON s.shadow = r.id
           WHERE r.id = ?`,
          [shadow],
        )
  return found ?? { id: null, orderNo: order.order_no }
}

function addToOrderTx(live: Connection, id: number, order: GoneOrder): void {
  const there = live.get<AnnotationCells>('SELECT note, tags, flag FROM main.orders WHERE id = ?', [id])
  const cells = toCells(together(there, order))
  live.run('UPDATE main.orders SET note = ?, tags = ?, flag = ? WHERE id = ?', [...cells, id])
}

function leaveTx(live: Connection, { account, type }: Left, orderNo: string, order: GoneOrder): void {
  const of = [account, type, orderNo]
  const sql = 'SELECT note, tags, flag FROM main.left_annotations WHERE account = ? AND type = ? AND order_no = ?'
  const cells = toCells(together(live.get<AnnotationCells>(sql, of), order))
  live.run('INSERT OR REPLACE INTO main.left_annotations VALUES (?, ?, ?, ?, ?, ?)', [...of, ...cells])
}

/** Notes one below the other, tags together, the flag that was there; as much as one order may have. */
function together(there: AnnotationCells | undefined, more: AnnotationCells): Annotation {
  const added = toAnnotation(more)
  if (there === undefined) return added
  const { note, tags, flag } = toAnnotation(there)
  const notes = [...new Set([note, added.note])].filter((text) => text !== '')
  const both = notes.join('\n').slice(0, annotationLimits.note)
  return applyChange({ note: both, tags, flag: flag ?? added.flag }, { addTags: added.tags })
}

/** Changes of the `retold` orders (their live ids, as a query) that were read stay read when `retell` writes them anew. */
export function keepReadTx(live: Connection, retold: { sql: string; values: Value[] }, retell: () => void): void {
  const read = live.all<{ id: number; order_id: number; axis: string; seen_at: number }>(
    `SELECT c.id, c.order_id, c.axis, c.seen_at FROM main.read_changes r JOIN main.status_changes c ON c.id = r.change_id
     WHERE c.order_id IN (${retold.sql})`,
    retold.values,
  )
  for (const { id } of read) live.run('DELETE FROM main.read_changes WHERE change_id = ?', [id])
  retell()
  for (const { order_id, axis, seen_at } of read)
    live.run(
      `INSERT OR IGNORE INTO main.read_changes SELECT id, account FROM main.status_changes
       WHERE order_id = ? AND axis = ? AND seen_at = ? AND had_before = 1`,
      [order_id, axis, seen_at],
    )
}

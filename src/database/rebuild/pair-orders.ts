import { createHash } from 'node:crypto'
import type { Connection } from '../connection.ts'
import { inPieces, ofList, type Turn } from './pieces.ts'

export interface Pairing {
  account: number
  type: number
  /** Live ids of orders that have become one with another, with the shadow id of theirs. */
  joined: ReadonlyMap<number, number>
}

/** The number of an order, the same in both files. */
export const sameNumber = 'o.account = r.account AND o.type = r.type AND o.order_no = r.order_no'

/**
 * Finds which rebuilt order is which live one, in `temp.swapped`: orders put in from the live file have its ids, the
 * others are known by their number, and where numbers are read elsewhere than before, by their last element.
 */
export async function pairTx(live: Connection, pairing: Pairing, turn: Turn): Promise<void> {
  const { account, type, joined } = pairing
  await inPieces(live, ['rebuilt.seeds', 'id'], turn, (after, to) =>
    live.run(
      `INSERT INTO temp.swapped SELECT s.id, o.id FROM rebuilt.seeds s JOIN main.orders o ON o.id = s.id
       WHERE s.id > ? AND s.id <= ? AND +o.account = ? AND +o.type = ?`,
      [after, to, account, type],
    ),
  )
  await ofList([...joined.keys()], turn, (ids) => {
    for (const id of ids) live.run('INSERT INTO temp.joined VALUES (?)', [id])
  })
  await inPieces(live, ['rebuilt.orders', 'id'], turn, (after, to) =>
    live.run(
      `INSERT OR IGNORE INTO temp.swapped SELECT r.id, o.id FROM rebuilt.orders r CROSS JOIN main.orders o ON ${sameNumber}
       WHERE r.id > ? AND r.id <= ? AND r.id NOT IN (SELECT shadow FROM temp.swapped)
         AND o.id NOT IN (SELECT live FROM temp.joined)`,
      [after, to],
    ),
  )
  await pairByOriginalTx(live, pairing, turn)
}

/** Live orders without a rebuilt one. */
export async function unpaired(
  live: Connection,
  { account, type }: Pick<Pairing, 'account' | 'type'>,
  turn: Turn,
): Promise<number[]> {
  const ids: number[] = []
  await inPieces(live, ['main.orders', 'id'], turn, (after, to) =>
    ids.push(
      ...live.column<number>(
        `SELECT id FROM main.orders WHERE id > ? AND id <= ? AND +account = ? AND +type = ?
         AND id NOT IN (SELECT live FROM temp.swapped)`,
        [after, to, account, type],
      ),
    ),
  )
  return ids
}

/** Beyond that, what is kept to compare elements by takes too much memory. */
const mostCompared = 200_000

async function pairByOriginalTx(live: Connection, pairing: Pairing, turn: Turn): Promise<void> {
  const left = await unpaired(live, pairing, turn)
  if (left.length === 0 || left.length > mostCompared) return
  const rebuilt = await unpairedOriginals(live, turn)
  if (rebuilt.size === 0) return
  await ofList(left, turn, (ids) => {
    for (const id of ids) {
      const shadow = rebuilt.get(digestOf(originalOf(live, 'main', id)))
      if (shadow !== undefined) live.run('INSERT OR IGNORE INTO temp.swapped VALUES (?, ?)', [shadow, id])
    }
  })
}

/** Rebuilt orders without a live one, by their element's digest; of several alike the first. */
async function unpairedOriginals(live: Connection, turn: Turn): Promise<Map<string, number>> {
  const found = new Map<string, number>()
  await inPieces(live, ['rebuilt.orders', 'id'], turn, (after, to) => {
    const ids = live.column<number>(
      `SELECT id FROM rebuilt.orders WHERE id > ? AND id <= ? AND id NOT IN (SELECT shadow FROM temp.swapped)`,
      [after, to],
    )
    for (const id of ids) {
      const digest = digestOf(originalOf(live, 'rebuilt', id))
      if (!found.has(digest)) found.set(digest, id)
    }
  })
  return found
}

function originalOf(live: Connection, schema: 'main' | 'rebuilt', id: number): string {
  const sql = `SELECT json FROM ${schema}.order_originals WHERE order_id = ?`
  // Of no original: like nothing else.
  return live.column<string>(sql, [id])[0] ?? `${schema} ${id}`
}

function digestOf(original: string): string {
  return createHash('sha256').update(original).digest('base64')
}

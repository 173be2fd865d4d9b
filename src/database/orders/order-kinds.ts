import { stages, type OrderType, type Stage } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { typeNumber } from '../session.ts'

/** A kind is an order's type and stage as one byte; 0: no such order in the account. */
export type Kind = number

const types: readonly OrderType[] = ['own', 'distributor']
/** Every kind that there can be, with what it stands for. */
export const kinds: readonly { kind: Kind; type: OrderType; stage: Stage }[] = types.flatMap((type) =>
  stages.map((stage) => ({ kind: kindOf(typeNumber(type), stage), type, stage })),
)

export function kindOf(type: number, stage: Stage): Kind {
  return (type - 1) * stages.length + stages.indexOf(stage) + 1
}

/** Rows read in one piece. */
const stepRows = 4_000

/** The kind of every order of an account, by row id. */
export async function readKinds(
  orders: Connection,
  account: number,
  pause: () => Promise<void> | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const last = orders.get<{ id: number | null }>('SELECT max(id) AS id FROM orders')?.id ?? 0
  let found = new Uint8Array(roomFor(last))
  for (const { kind, type, stage } of kinds) {
    const of = [account, typeNumber(type), stage]
    for (let from = ''; ;) {
      const rows = orders.tuples<[number, string]>(
        `SELECT id, placed_at FROM orders INDEXED BY orders_by_stage
         WHERE account = ? AND type = ? AND stage = ? AND placed_at >= ? ORDER BY placed_at LIMIT ${stepRows}`,
        [...of, from],
      )
      const end = rows.at(-1)?.[1] ?? from
      const more = rows.length === stepRows
      // One moment may hold more orders than a step: all of them at once then.
      const whole = more && end === from ? sameMoment(orders, of, from) : rows.map(([id]) => id)
      found = withKind(found, whole, kind)
      await pause()
      if (!more) break
      from = end === from ? `${end}\u0001` : end
    }
  }
  return found
}

function sameMoment(orders: Connection, of: (string | number)[], placedAt: string): number[] {
  const sql = `SELECT id FROM orders INDEXED BY orders_by_stage
    WHERE account = ? AND type = ? AND stage = ? AND placed_at = ?`
  return orders.column<number>(sql, [...of, placedAt])
}

/** Orders may have come since the room was made. */
export function withKind(found: Uint8Array<ArrayBuffer>, ids: readonly number[], kind: Kind): Uint8Array<ArrayBuffer> {
  let room = found
  for (const id of ids) {
    if (id >= room.length) {
      const wider = new Uint8Array(roomFor(id))
      wider.set(room)
      room = wider
    }
    room[id] = kind
  }
  return room
}

/** Ascending: the orders whose kind is wanted. */
export function idsOf(found: Uint8Array, isWanted: (kind: Kind, id: number) => boolean): Int32Array {
  const ids = new Int32Array(found.length)
  let count = 0
  for (let id = 0; id < found.length; id += 1) {
    if (!isWanted(found[id] ?? 0, id)) continue
    ids[count] = id
    count += 1
  }
  return ids.slice(0, count)
}

function roomFor(lastId: number): number {
  return Math.ceil((lastId + 1) * 1.1) + 1_024
}

import type { OrderFilter } from '#shared/contract/order-filter.ts'
import type { Connection } from '../connection.ts'
import { findText } from '../search/find-text.ts'
import type { Session } from '../session.ts'
import type { AccountOrders } from './account-orders.ts'
import { searchableText } from './conditions.ts'
import { accountIs, partsOf, searchSql } from './filter.ts'
import { idsOf, type Kind } from './order-kinds.ts'
import { firstWhere, type Pause, type SortedIds } from './sorted-ids.ts'
import { todoInMemory } from './todo-in-memory.ts'
import { verifyIds } from './verify-ids.ts'
import { allOf, type Where } from './where.ts'

/** Orders that a filter shows, whatever their type and stage: those that meet every one of so many demands. */
export class Matches {
  readonly #met: Uint8Array
  #demands = 0
  /** The shortest list of those that were demanded: all matches are in it. */
  #fewest: Int32Array | null = null

  constructor(size: number) {
    this.#met = new Uint8Array(size)
  }

  demand(ids: Int32Array): void {
    for (let at = 0; at < ids.length; at += 1) {
      const id = ids[at] ?? 0
      if (this.#met[id] === this.#demands) this.#met[id] = this.#demands + 1
    }
    this.#demands += 1
    if (this.#fewest === null || ids.length < this.#fewest.length) this.#fewest = ids
  }

  /** Ascending: the matches whose kind is wanted. Few are found without a look at all orders. */
  ids(kinds: Uint8Array, isWanted: (kind: Kind) => boolean): Int32Array {
    const among = this.#fewest
    if (among === null || among.length * 8 > kinds.length)
      return idsOf(kinds, (kind, id) => kind > 0 && isWanted(kind) && this.has(id))
    const found = among.filter((id) => (kinds[id] ?? 0) > 0 && isWanted(kinds[id] ?? 0) && this.has(id))
    return Int32Array.from(new Set(found)).sort()
  }

  exclude(ids: Iterable<number>): void {
    for (const id of ids) this.#met[id] = 255
  }

  has(id: number): boolean {
    return this.#met[id] === this.#demands
  }
}

/**
 * What a filter shows beside type and stage, which the kinds of the account's orders tell. Indexes are asked first; rows
 * are looked at only for what no index knows, and only those that are left then.
 */
export async function matching(
  session: Session,
  account: number,
  memory: AccountOrders,
  filter: OrderFilter,
  pause: Pause,
): Promise<Matches> {
  const { orders } = session
  const { only } = filter
  const matches = new Matches(memory.kinds.length)
  const todo = filter.todo === null ? null : await todoInMemory(orders, memory, filter.todo, pause)
  const { indexed, looked } = partsOf(todo === null ? filter : { ...filter, todo: null })
  if (only !== null && 'ids' in only) matches.demand(Int32Array.from(only.ids))
  if (filter.from !== null || filter.to !== null)
    matches.demand(placedWithin(orders, await memory.sorted('createdAt', pause), filter))
  for (const ids of todo ?? []) matches.demand(ids)
  if (indexed.length > 0) {
    const where = allOf([accountIs(account), ...indexed])
    matches.demand(Int32Array.from(orders.column<number>(`SELECT id FROM orders WHERE ${where.sql}`, where.values)))
    await pause()
  }
  if (filter.search !== '') {
    const found = await findText(orders, filter.search, pause)
    if (found !== null) matches.demand(found.ids)
    if (found?.exact !== true) looked.push(searchSql(filter.search))
  }
  for (const text of filter.conditions.map(searchableText)) {
    const found = text === null ? null : await findText(orders, text, pause)
    if (found !== null) matches.demand(found.ids)
  }
  if (looked.length > 0) matches.demand(await lookAt(orders, memory, matches, allOf(looked), pause))
  if (only !== null && 'allBut' in only) matches.exclude(only.allBut)
  return matches
}

/** Few are looked at as they are; where most are left, all of them once, because that is kept and follows. */
async function lookAt(
  orders: Connection,
  memory: AccountOrders,
  matches: Matches,
  where: Where,
  pause: Pause,
): Promise<Int32Array> {
  const left = matches.ids(memory.kinds, () => true)
  if (left.length * 2 < memory.kinds.length) return verifyIds(orders, left, where, pause)
  const met = await memory.meeting(where, pause)
  return left.filter((id) => met[id] === 1)
}

/** A range of times is one piece of the orders in that order. */
function placedWithin(orders: Connection, { ids }: SortedIds, { from, to }: OrderFilter): Int32Array {
  const placedAt = (id: number): string =>
    orders.get<{ at: string }>('SELECT placed_at AS at FROM orders WHERE id = ?', [id])?.at ?? ''
  const start = from === null ? 0 : firstWhere(ids, (id) => placedAt(id) >= from)
  const end = to === null ? ids.length : firstWhere(ids, (id) => placedAt(id) > to)
  return ids.subarray(start, Math.max(start, end))
}

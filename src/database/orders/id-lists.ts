import type { OrderFilter, OrderSort } from '#shared/contract/orders.ts'
import { findAccount, type Session } from '../session.ts'
import { createSlicer } from '../steps.ts'
import type { AccountOrders } from './account-orders.ts'
import { AskedFilters } from './asked-filters.ts'
import { orderBySql } from './columns.ts'
import { firstRows, topOf } from './first-rows.ts'
import { matching, type Matches } from './matching.ts'
import { kinds } from './order-kinds.ts'
import { OrdersInMemory } from './orders-in-memory.ts'
import type { Pause } from './sorted-ids.ts'

const listsKept = 6
const matchesKept = 4
/** So few are sorted by reading their rows, where the sort is known and where it is not. */
const [fewestIds, fewIds] = [200, 2_000]
/** A list that is made within this needs no first rows. */
const patienceMs = 20
/** First rows are asked for up to here; a jump farther down waits for the whole list. */
const mostFirst = 500

export interface Part {
  start: number
  count: number
}

export interface Piece {
  ids: Int32Array
  total: number
  /** False: these are the first rows, and `total` is only what is surely there. */
  complete: boolean
}

interface Building<T> {
  revision: number
  done: Promise<T>
}

/**
 * The row ids that a filter shows, in its sort's order, kept while nothing changes: a window anywhere in a million rows
 * is then a slice. Lists are made in pieces between which other calls get through; the first rows do not wait for that.
 */
export class IdLists {
  readonly #session: Session
  readonly #memory: OrdersInMemory
  readonly #lists = new Map<string, Building<Int32Array>>()
  readonly #matches = new Map<string, Building<Matched>>()
  readonly #asked = new AskedFilters()

  constructor(session: Session) {
    this.#session = session
    this.#memory = new OrdersInMemory(session)
  }

  /** `count` ids from `start` on. */
  piece(filter: OrderFilter, sort: OrderSort, part: Part, signal?: AbortSignal): Promise<Piece> {
    this.#asked.show(matchKeyOf(filter))
    return this.#asked.asking(matchKeyOf(filter), () => this.#piece(filter, sort, part), signal)
  }

  async #piece(filter: OrderFilter, sort: OrderSort, { start, count }: Part): Promise<Piece> {
    const list = this.#list(filter, sort)
    // It goes on being made whatever happens here: the next piece will be asked for soon.
    list.catch(() => undefined)
    const soon = await Promise.race([list, after(patienceMs)])
    if (soon === null && start + count <= mostFirst) {
      const first = this.#first(filter, sort, start + count)
      if (first !== null) return { ids: Int32Array.from(first.slice(start)), total: first.length, complete: false }
    }
    const ids = soon ?? (await list)
    return { ids: ids.subarray(start, start + count), total: ids.length, complete: true }
  }

  /** The whole list. */
  get(filter: OrderFilter, sort: OrderSort): Promise<Int32Array> {
    return this.#asked.asking(matchKeyOf(filter), () => this.#list(filter, sort))
  }

  #list(filter: OrderFilter, sort: OrderSort): Promise<Int32Array> {
    return keep(this.#lists, listsKept, this.#session.revision, keyOf(filter, sort), () => this.#make(filter, sort))
  }

  /** How many orders a filter shows. */
  async count(filter: OrderFilter): Promise<number> {
    const account = findAccount(this.#session.orders, filter.accountId)
    if (account === null) return 0
    // Apart from what is kept for lists: there are many views.
    const { byKind } = await this.#match(filter, account, createSlicer())
    return wantedKinds(filter).reduce((sum, wanted, kind) => sum + (wanted ? (byKind[kind] ?? 0) : 0), 0)
  }

  /** How many it shows of each kind, whatever type and stages it asks for; null: nothing is stored of the account. */
  async countKinds(filter: OrderFilter, signal?: AbortSignal): Promise<Uint32Array | null> {
    const account = findAccount(this.#session.orders, filter.accountId)
    if (account === null) return null
    return this.#asked.asking(matchKeyOf(filter), async () => (await this.#matched(filter, account)).byKind, signal)
  }

  #first(filter: OrderFilter, sort: OrderSort, count: number): number[] | null {
    const account = findAccount(this.#session.orders, filter.accountId)
    if (account === null) return null
    const sorted = this.#memory.now(account)?.sortedNow(sort.column)
    return firstRows(this.#session.orders, account, { filter, sort, count }, sorted)
  }

  async #make(filter: OrderFilter, sort: OrderSort): Promise<Int32Array> {
    const account = findAccount(this.#session.orders, filter.accountId)
    if (account === null) return new Int32Array(0)
    const { memory, matches, byKind } = await this.#matched(filter, account)
    const wanted = wantedKinds(filter)
    const count = byKind.reduce((sum, of, kind) => sum + (wanted[kind] ? of : 0), 0)
    const isKnown = memory.sortedNow(sort.column) !== undefined
    if (count <= (isKnown ? fewestIds : fewIds)) return this.#sortFew(memory, matches, wanted, sort)
    const sorted = await memory.sorted(sort.column, createSlicer())
    const all = topOf(sorted, sort, 0, sorted.ids.length)
    return all.length === count ? all : left(all, memory.kinds, wanted, matches)
  }

  #sortFew(memory: AccountOrders, matches: Matches, wanted: readonly boolean[], sort: OrderSort): Int32Array {
    const ids = [...matches.ids(memory.kinds, (kind) => wanted[kind] === true)]
    const sql = `SELECT id FROM orders WHERE id IN (SELECT value FROM json_each(?))
      ORDER BY ${orderBySql(sort.column, sort.descending)}`
    return Int32Array.from(this.#session.orders.column<number>(sql, [JSON.stringify(ids)]))
  }

  #matched(filter: OrderFilter, account: number): Promise<Matched> {
    const key = matchKeyOf(filter)
    return keep(this.#matches, matchesKept, this.#session.revision, key, () =>
      this.#match(filter, account, this.#asked.pauseFor(key)),
    )
  }

  async #match(filter: OrderFilter, account: number, pause: Pause): Promise<Matched> {
    const memory = await this.#memory.of(account, createSlicer())
    const matches = await matching(this.#session, account, memory, filter, pause)
    return { memory, matches, byKind: counted(memory.kinds, matches) }
  }
}

interface Matched {
  memory: AccountOrders
  matches: Matches
  byKind: Uint32Array
}

/** Those of a kind that is wanted, and that match. */
function left(ids: Int32Array, kindOf: Uint8Array, wanted: readonly boolean[], matches: Matches): Int32Array {
  const found = new Int32Array(ids.length)
  let count = 0
  for (let at = 0; at < ids.length; at += 1) {
    const id = ids[at] ?? 0
    if (wanted[kindOf[id] ?? 0] !== true || !matches.has(id)) continue
    found[count] = id
    count += 1
  }
  return found.slice(0, count)
}

function counted(of: Uint8Array, matches: Matches): Uint32Array {
  const byKind = new Uint32Array(kinds.length + 1)
  const ids = matches.ids(of, () => true)
  for (let at = 0; at < ids.length; at += 1) {
    const kind = of[ids[at] ?? 0] ?? 0
    byKind[kind] = (byKind[kind] ?? 0) + 1
  }
  return byKind
}

/** By kind: whether type and stages of a filter ask for it. */
function wantedKinds({ type, stages }: OrderFilter): boolean[] {
  const isWanted = kinds.map(
    (one) => (type === null || one.type === type) && (stages.length === 0 || stages.includes(one.stage)),
  )
  // Kinds begin at 1.
  return [false, ...isWanted]
}

/** What is read of the database for a filter is the same for every tab and stage. */
function matchKeyOf(filter: OrderFilter): string {
  return JSON.stringify({ ...filter, type: null, stages: [] })
}

function keyOf(filter: OrderFilter, sort: OrderSort): string {
  return JSON.stringify([filter, sort])
}

/** What is kept of this revision, or made now; those not asked for the longest go. */
function keep<T>(
  kept: Map<string, Building<T>>,
  most: number,
  revision: number,
  key: string,
  make: () => Promise<T>,
): Promise<T> {
  const before = kept.get(key)
  kept.delete(key)
  if (before?.revision === revision) {
    kept.set(key, before)
    return before.done
  }
  const building: Building<T> = { revision, done: make() }
  kept.set(key, building)
  // What failed is not kept; whoever asked for it is told.
  building.done.catch(() => {
    if (kept.get(key) === building) kept.delete(key)
  })
  for (const oldest of kept.keys()) {
    if (kept.size <= most) break
    kept.delete(oldest)
  }
  return building.done
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), ms))
}

import type { OrderColumn, Stage } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { idsOf, kindOf, readKinds, withKind } from './order-kinds.ts'
import { readSorted, type Pause, type SortedIds } from './sorted-ids.ts'
import { withTouched } from './sort-anew.ts'
import { verifyIds } from './verify-ids.ts'
import { allOf, type Where } from './where.ts'

/** Sorts kept; each takes 4 MB at a million orders. */
const sortsKept = 4
/** Conditions kept; each takes 1 MB at a million orders. */
const conditionsKept = 4
/** Beyond that, reading a sort anew is quicker than placing each order. */
const mostPlaced = 2_000

/**
 * What is kept in memory of one account's orders: the kind of each, and the order of the columns that were sorted by.
 * Both are read once, in pieces, and then follow what is written.
 */
export class AccountOrders {
  readonly #orders: Connection
  readonly #account: number
  readonly #sorts = new Map<OrderColumn, Promise<SortedIds>>()
  readonly #ready = new Map<OrderColumn, SortedIds>()
  readonly #met = new Map<string, Condition>()
  #kinds: Uint8Array<ArrayBuffer>

  private constructor(orders: Connection, account: number, kinds: Uint8Array<ArrayBuffer>) {
    this.#orders = orders
    this.#account = account
    this.#kinds = kinds
  }

  static async read(orders: Connection, account: number, pause: Pause): Promise<AccountOrders> {
    return new AccountOrders(orders, account, await readKinds(orders, account, pause))
  }

  /** By row id; 0: none of this account's. */
  get kinds(): Uint8Array {
    return this.#kinds
  }

  /** Where it is there already. */
  sortedNow(column: OrderColumn): SortedIds | undefined {
    return this.#ready.get(column)
  }

  /** The orders of the account in a column's order. */
  sorted(column: OrderColumn, pause: Pause): Promise<SortedIds> {
    const kept = this.#sorts.get(column)
    const reading = kept ?? this.#read(column, pause)
    this.#sorts.delete(column)
    this.#sorts.set(column, reading)
    for (const oldest of this.#sorts.keys()) {
      if (this.#sorts.size <= sortsKept) break
      // The order of every day, and of every search.
      if (oldest !== 'createdAt') this.#forget(oldest)
    }
    return reading
  }

  #read(column: OrderColumn, pause: Pause): Promise<SortedIds> {
    const reading = readSorted(this.#orders, this.#account, column, this.#kinds, pause)
    reading.then(
      (sorted) => this.#sorts.get(column) === reading && this.#ready.set(column, sorted),
      () => this.#sorts.get(column) === reading && this.#forget(column),
    )
    return reading
  }

  #forget(column: OrderColumn): void {
    this.#sorts.delete(column)
    this.#ready.delete(column)
  }

  /**
   * By row id: 1 where the order's row meets a condition. All of them are looked at once; from then on, only what is
   * written.
   */
  meeting(where: Where, pause: Pause): Promise<Uint8Array> {
    const key = JSON.stringify(where)
    const kept = this.#met.get(key) ?? { where, met: this.#lookAt(where, pause), ready: null }
    kept.met.then(
      (met) => (kept.ready ??= met),
      () => this.#met.delete(key),
    )
    this.#met.delete(key)
    this.#met.set(key, kept)
    for (const oldest of this.#met.keys()) {
      if (this.#met.size <= conditionsKept) break
      this.#met.delete(oldest)
    }
    return kept.met
  }

  async #lookAt(where: Where, pause: Pause): Promise<Uint8Array<ArrayBuffer>> {
    const met = new Uint8Array(this.#kinds.length)
    const ids = idsOf(this.#kinds, (kind) => kind > 0)
    for (const id of await verifyIds(this.#orders, ids, where, pause)) met[id] = 1
    return met
  }

  /** Follows what was written to these orders. `isStill`: nothing more was written until now. */
  async follow(touched: readonly number[], isStill: () => boolean, pause: Pause): Promise<void> {
    for (let start = 0; start < touched.length; start += mostPlaced) {
      this.#followKinds(touched.slice(start, start + mostPlaced))
      await pause()
    }
    await this.#followConditions(touched, pause)
    for (const column of this.#sorts.keys()) {
      const sorted = this.#ready.get(column)
      // What is being read may have read half of the change.
      if (sorted === undefined || touched.length > mostPlaced) this.#forget(column)
      else if (!(await this.#followSort(column, sorted, touched, isStill, pause))) this.#forget(column)
    }
  }

  async #followConditions(touched: readonly number[], pause: Pause): Promise<void> {
    const ids = Int32Array.from(touched)
    for (const [key, kept] of this.#met) {
      let met = kept.ready
      if (met === null) {
        this.#met.delete(key)
        continue
      }
      for (const id of touched) if (id < met.length) met[id] = 0
      const account = { sql: 'account = ?', values: [this.#account] }
      for (const id of await verifyIds(this.#orders, ids, allOf([account, kept.where]), pause))
        met = withKind(met, [id], 1)
      kept.ready = met
      kept.met = Promise.resolve(met)
    }
  }

  #followKinds(touched: readonly number[]): void {
    for (const id of touched) if (id < this.#kinds.length) this.#kinds[id] = 0
    const rows = this.#orders.tuples<[number, number, Stage]>(
      `SELECT id, type, stage FROM orders WHERE id IN (SELECT value FROM json_each(?)) AND account = ?`,
      [JSON.stringify(touched), this.#account],
    )
    for (const [id, type, stage] of rows) this.#kinds = withKind(this.#kinds, [id], kindOf(type, stage))
  }

  async #followSort(
    column: OrderColumn,
    sorted: SortedIds,
    touched: readonly number[],
    isStill: () => boolean,
    pause: Pause,
  ): Promise<boolean> {
    const anew = await withTouched(this.#orders, this.#account, column, sorted, touched, pause)
    if (!isStill()) return false
    this.#ready.set(column, anew)
    this.#sorts.set(column, Promise.resolve(anew))
    return true
  }
}

interface Condition {
  readonly where: Where
  met: Promise<Uint8Array<ArrayBuffer>>
  ready: Uint8Array<ArrayBuffer> | null
}

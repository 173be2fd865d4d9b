import type { OrderFilter, OrderSort } from '#shared/contract/orders.ts'
import { findAccount, type Session } from '../session.ts'
import { orderBySql } from './columns.ts'
import { whereOf } from './filter.ts'

const listsKept = 6

/**
 * The row ids that a filter shows, in its sort's order, kept while nothing changes: a window anywhere in a million
 * rows is then a slice, with no deep OFFSET. A list of a million takes 4 MB.
 */
export class IdLists {
  readonly #session: Session
  readonly #lists = new Map<string, { revision: number; ids: Int32Array }>()

  constructor(session: Session) {
    this.#session = session
  }

  get(filter: OrderFilter, sort: OrderSort): Int32Array {
    const key = JSON.stringify([filter, sort])
    const kept = this.#lists.get(key)
    this.#lists.delete(key)
    const { revision } = this.#session
    const list = kept?.revision === revision ? kept : { revision, ids: this.read(filter, sort) }
    this.#lists.set(key, list)
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= listsKept) break
      this.#lists.delete(oldest)
    }
    return list.ids
  }

  /** How many orders a filter shows now. */
  async count(filter: OrderFilter): Promise<number> {
    const { orders } = this.#session
    const where = whereOf(filter, findAccount(orders, filter.accountId))
    return (
      orders.get<{ count: number }>(`SELECT count(*) AS count FROM orders WHERE ${where.sql}`, where.values)?.count ?? 0
    )
  }

  /** The list as it is now, apart from what is kept. */
  read(filter: OrderFilter, sort: OrderSort): Int32Array {
    const { orders } = this.#session
    const where = whereOf(filter, findAccount(orders, filter.accountId))
    const sql = `SELECT id FROM orders WHERE ${where.sql} ORDER BY ${orderBySql(sort.column, sort.descending)}`
    return Int32Array.from(orders.column<number>(sql, [...where.values]))
  }
}

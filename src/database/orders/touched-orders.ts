import type { Connection } from '../connection.ts'
import { axisColumns, fieldColumns } from './order-table.ts'

/** What a list, a sort or a count can depend on. Which pull wrote an order last is no part of it. */
const telling = ['stage', 'placed_at', 'first_seen_at', 'changed_at', 'backward', 'note', 'tags', 'flag']
const columns = [...telling, ...fieldColumns, ...axisColumns].join(', ')

/**
 * Notes every order that is written, whoever writes it, so that what is kept of orders in memory follows without reading
 * all of them again. Lies in this connection's memory alone.
 */
export class TouchedOrders {
  readonly #orders: Connection

  constructor(orders: Connection) {
    this.#orders = orders
    const note = (row: 'NEW' | 'OLD'): string => `BEGIN INSERT OR IGNORE INTO touched_orders VALUES (${row}.id); END`
    orders.script(`
      CREATE TEMP TABLE IF NOT EXISTS touched_orders (id INTEGER PRIMARY KEY);
      CREATE TEMP TRIGGER IF NOT EXISTS touch_new AFTER INSERT ON main.orders ${note('NEW')};
      CREATE TEMP TRIGGER IF NOT EXISTS touch_changed AFTER UPDATE OF ${columns} ON main.orders ${note('NEW')};
      CREATE TEMP TRIGGER IF NOT EXISTS touch_deleted AFTER DELETE ON main.orders ${note('OLD')};
    `)
  }

  /** Nothing was written since the last call of `take`. */
  get isStill(): boolean {
    return !this.#orders.inTransaction && this.#orders.get('SELECT 1 FROM temp.touched_orders LIMIT 1') === undefined
  }

  /** Those written since the last call. Call it outside of a transaction only: an undone one has touched nothing. */
  take(): number[] {
    const ids = this.#orders.column<number>('SELECT id FROM temp.touched_orders')
    if (ids.length > 0) this.#orders.run('DELETE FROM temp.touched_orders')
    return ids
  }
}

import type { Connection, Value } from '../connection.ts'

const tables = ['orders', 'status_changes'] as const
type Table = (typeof tables)[number]

/**
 * Orders and changes as they were at one moment, while merges, notes and re-runs go on: whatever is about to be
 * overwritten or deleted is first copied into a temporary table (in memory, so nothing reaches the disk in the clear).
 * The file has one connection, which an own read transaction would keep from writing.
 */
export class Snapshot {
  readonly #orders: Connection
  readonly #number: number
  /** Changes with a higher id came later. */
  readonly #lastChange: number

  /** To be made in a write, so that no merge is half done. */
  static takeTx(orders: Connection): Snapshot {
    return new Snapshot(orders)
  }

  private constructor(orders: Connection) {
    this.#orders = orders
    this.#number = freeNumber(orders)
    this.#lastChange = orders.get<{ id: number | null }>('SELECT max(id) AS id FROM status_changes')?.id ?? 0
    for (const table of tables) this.#keepTx(table)
  }

  /** To be called in a write. */
  dropTx(): void {
    for (const table of tables) {
      for (const event of ['update', 'delete']) this.#orders.script(`DROP TRIGGER temp.${this.#kept(table)}_${event}`)
      this.#orders.script(`DROP TABLE temp.${this.#kept(table)}`)
    }
  }

  /** Cells of orders, in the order of the ids; `cells` is SQL over `orders`. */
  orders(cells: string, ids: Int32Array): Value[][] {
    return inPlace(this.#read('orders', cells, ids, 'orders.id = wanted'))
  }

  /** One text of each order, one after the other in the order of the ids, as UTF-8; `text` is SQL over `orders`. */
  joined(text: string, ids: Int32Array): Uint8Array {
    const { sql, values, inPlace: isInPlace } = this.#sql('orders', `${text} AS text`, ids, 'orders.id = wanted')
    const order = isInPlace ? '' : ' ORDER BY position'
    const joined = `SELECT CAST(group_concat(text, ''${order}) AS BLOB) FROM (${sql})`
    return this.#orders.column<Uint8Array | null>(joined, values)[0] ?? new Uint8Array(0)
  }

  /** Cells of the orders' changes, oldest first, order by order; the last cell is the order's place among the ids. */
  changes(cells: string, ids: Int32Array): Value[][] {
    const match = `status_changes.order_id = wanted AND status_changes.id <= ${this.#lastChange}`
    return this.#read(
      'status_changes',
      `${cells}, status_changes.id AS change`,
      ids,
      match,
      'ORDER BY position, change',
    )
  }

  #read(table: Table, cells: string, ids: Int32Array, match: string, order = ''): Value[][] {
    const { sql, values } = this.#sql(table, cells, ids, match)
    return this.#orders.tuples(`${sql} ${order}`, values)
  }

  /** `inPlace`: the rows come in the order of the ids. */
  #sql(
    table: Table,
    cells: string,
    ids: Int32Array,
    match: string,
  ): { sql: string; values: Value[]; inPlace: boolean } {
    const kept = this.#kept(table)
    const wanted = `[${ids.join(',')}]`
    const from = (source: string): string =>
      `SELECT ${cells}, position FROM (SELECT key AS position, value AS wanted FROM json_each(?))
       CROSS JOIN ${source} AS ${table} ON ${match}`
    const anyKept = this.#orders.get(`SELECT 1 FROM temp.${kept} LIMIT 1`) !== undefined
    if (!anyKept) return { sql: from(`main.${table}`), values: [wanted], inPlace: true }
    const sql = `${from(`main.${table}`)} WHERE ${table}.id NOT IN (SELECT id FROM temp.${kept})
      UNION ALL ${from(`temp.${kept}`)}`
    return { sql, values: [wanted, wanted], inPlace: false }
  }

  #kept(table: Table): string {
    return `kept_${table}_${this.#number}`
  }

  #keepTx(table: Table): void {
    const kept = this.#kept(table)
    const columns = this.#orders.column<string>('SELECT name FROM pragma_table_info(?)', [table])
    const old = columns.map((column) => `OLD."${column}"`).join(', ')
    this.#orders.script(`CREATE TEMP TABLE ${kept} AS SELECT * FROM main.${table} WHERE 0`)
    this.#orders.script(`CREATE UNIQUE INDEX temp.${kept}_by_id ON ${kept} (id)`)
    for (const event of ['update', 'delete'])
      this.#orders.script(`CREATE TEMP TRIGGER ${kept}_${event} BEFORE ${event} ON main.${table}
        BEGIN INSERT OR IGNORE INTO ${kept} VALUES (${old}); END`)
  }
}

/** The lowest that no other export has: names that come again find their statements prepared. */
function freeNumber(orders: Connection): number {
  const names = new Set(orders.column<string>('SELECT name FROM temp.sqlite_schema'))
  let number = 1
  while (names.has(`kept_orders_${number}`)) number += 1
  return number
}

/**
 * Rows by their last cell, their place. SQLite looks the ids up one by one, so they come in place but for those that were
 * copied aside; to have SQLite sort every lot would take a third of a whole export.
 */
function inPlace(rows: Value[][]): Value[][] {
  const placeOf = (row: Value[] | undefined): number => Number(row?.at(-1))
  const isInPlace = rows.every((row, index) => index === 0 || placeOf(rows[index - 1]) < placeOf(row))
  return isInPlace ? rows : rows.sort((a, b) => placeOf(a) - placeOf(b))
}

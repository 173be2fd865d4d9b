import type { Connection, Value } from '../connection.ts'

export type Row = Readonly<Record<string, Value>>

/** Copies a row of the same table of another file, every column as it is. `table` is our own text. */
export function insertRowTx(connection: Connection, table: string, row: Row): void {
  const columns = Object.keys(row)
  connection.insert(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    Object.values(row),
  )
}

/** Rows of ids, ids as one JSON array. `table` and `column` are our own text. */
export function rowsOf<R>(connection: Connection, table: string, column: string, ids: readonly number[]): R[] {
  const sql = `SELECT t.* FROM json_each(?) AS wanted JOIN ${table} AS t ON t.${column} = wanted.value`
  return connection.all<R>(sql, [JSON.stringify(ids)])
}

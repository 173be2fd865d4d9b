import type { Connection } from '../connection.ts'

/** Rows in one piece: a few milliseconds' work, whatever is done with them. */
const perPiece = 100

const nothingLeft = { last: null, rows: 0 }

/** Lets queries have their turn where one is due; throws where the work is to end. */
export type Turn = () => Promise<void> | undefined

/**
 * Does `step` for one piece of a table after another, by a column of ascending numbers above 0: for the `rows` of those
 * above `after` and up to `to`. `table` and `column` are our own text.
 */
export async function inPieces(
  connection: Connection,
  [table, column]: readonly [table: string, column: string],
  turn: Turn,
  step: (after: number, to: number, rows: number) => void,
): Promise<void> {
  const nextTo = `SELECT max(number) AS last, count(*) AS rows FROM (
    SELECT ${column} AS number FROM ${table} WHERE ${column} > ? ORDER BY ${column} LIMIT ${perPiece})`
  for (let after = 0; ;) {
    const { last, rows } = connection.get<{ last: number | null; rows: number }>(nextTo, [after]) ?? nothingLeft
    if (last === null) return
    step(after, last, rows)
    after = last
    await turn()
  }
}

/** Does `step` until nothing is left for it to do. */
export async function whileRows(turn: Turn, step: (limit: number) => number): Promise<void> {
  while (step(perPiece) === perPiece) await turn()
}

/** A list in pieces. */
export async function ofList<T>(list: readonly T[], turn: Turn, step: (piece: T[]) => void): Promise<void> {
  for (let start = 0; start < list.length; start += perPiece) {
    step(list.slice(start, start + perPiece))
    await turn()
  }
}

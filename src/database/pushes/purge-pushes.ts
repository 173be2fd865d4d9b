import type { Connection } from '../connection.ts'
import { untilNextTurn } from '../steps.ts'

const stepRows = 2_000

/** Drops pushes that came before, but for those that wait to be merged, have no order yet or could not be read. */
export async function purgePushes(orders: Connection, replies: Connection, before: number): Promise<void> {
  await inSteps(replies, `pushes WHERE received_at < ? AND merged = 1 AND keep = 0`, before)
  await inSteps(orders, `pushed_items WHERE last_received_at < ? AND state IN ('merged', 'product')`, before)
}

/** `of` is our own text: a table and its condition. */
async function inSteps(connection: Connection, of: string, before: number): Promise<void> {
  let deleted = 0
  do {
    deleted = await connection.write(() => connection.run(`DELETE FROM ${of} LIMIT ${stepRows}`, [before]))
    await untilNextTurn()
  } while (deleted === stepRows)
}

import { farthestStep, type Codes } from '#domain/funnel.ts'
import type { Connection } from '../connection.ts'
import { selectStored, storedOf, type StoredRow } from '../merge/stored-row.ts'
import { codesOf } from './codes-of.ts'
import { historiesOf } from './histories.ts'

/** Awaited between two pieces of work: lets queries through when a slice of time is used up. */
export type Slice = () => Promise<void> | undefined

const perStep = 250

/**
 * Finds out how far the orders of a day ever came where no merge has noted it: those of an older file, and those that a
 * re-run has rewritten. Goes on as long as `goesOn` says, at least for one piece. Returns whether none is left.
 */
export async function judgeTx(
  orders: Connection,
  { account, day }: { account: number; day: string },
  slice: Slice,
  goesOn: () => boolean,
): Promise<boolean> {
  const codes = new Map<number, Codes>()
  const of = (type: number): Codes => {
    const known = codes.get(type) ?? codesOf(orders, account, type)
    codes.set(type, known)
    return known
  }
  for (;;) {
    const rows = orders.all<StoredRow>(
      `${selectStored} INDEXED BY orders_unjudged WHERE account = ? AND reached IS NULL AND placed_at >= ? AND placed_at < ?
       LIMIT ${perStep}`,
      [account, day, `${day}~`],
    )
    if (rows.length === 0) return true
    const histories = historiesOf(
      orders,
      rows.map(({ id }) => id),
    )
    for (const row of rows) {
      const moments = (histories.get(row.id) ?? []).map(({ axis, to, stage }) => ({ stage, axes: { [axis]: to } }))
      const steps = [storedOf(row), ...moments].map((moment) => farthestStep(moment, of(row.type)))
      orders.run('UPDATE orders SET reached = ? WHERE id = ?', [Math.max(...steps), row.id])
    }
    await slice()
    if (!goesOn()) return false
  }
}

import { placeTx } from '../pushes/waiting-pushes.ts'
import { pushedRowSql, type PushedRow } from '../pushes/pushed-row.ts'
import type { Session } from '../session.ts'
import { createSlicer } from '../steps.ts'

/** Pushes that wait for an order may know it by the number that the new rules read. True: an order changed. */
export async function matchAgain({ orders }: Session, account: number): Promise<boolean> {
  const waiting = `SELECT ${pushedRowSql} FROM pushed_items
    WHERE account = ? AND state IN ('unmatched', 'several') ORDER BY id`
  if (orders.get(`${waiting} LIMIT 1`, [account]) === undefined) return false
  return orders.write(async () => {
    const turn = createSlicer()
    let changed = false
    for (const row of orders.all<PushedRow>(waiting, [account])) {
      changed = placeTx(orders, account, row).changed || changed
      await turn()
    }
    return changed
  })
}

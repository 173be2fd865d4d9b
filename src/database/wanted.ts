import { toBeijing } from '#domain/beijing-time.ts'
import type { InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import { findAccount, typeNumber, typeOf, type Session } from './session.ts'

type Wanted = OutputOf<DatabaseRoutes['wanted.list']>

interface Group {
  type: number | null
  reads: number
  created: string | null
  heard: number
  count: number
}

/** Orders that only a status callback knows, and orders that pushes speak of: not here, or not told from others. */
export function listWanted({ orders }: Session, accountId: string): Wanted {
  const account = findAccount(orders, accountId)
  const groups = orders.all<Group>(
    `SELECT type, full_reads AS reads, min(created_at) AS created, min(first_seen_at) AS heard, count(*) AS count
     FROM orders WHERE account = ? AND partial = 1 GROUP BY type, full_reads, created_at IS NULL
     UNION ALL
     SELECT NULL, reads, NULL, min(received_at), count(*) FROM pushed_items
     WHERE account = ? AND state IN ('unmatched', 'several') GROUP BY reads
     ORDER BY reads LIMIT 100`,
    [account, account],
  )
  return groups.map(({ type, reads, created, heard, count }) => ({
    type: type === null ? null : typeOf(type),
    reads,
    from: created ?? toBeijing(heard),
    created: created !== null,
    count,
  }))
}

/** A push tells no type: its read counts once, with the last of the types. */
export async function noteWantedRead(
  session: Session,
  input: InputOf<DatabaseRoutes['wanted.noteRead']>,
): Promise<void> {
  const { orders } = session
  const account = findAccount(orders, input.accountId)
  const types = input.types.map((type) => typeNumber(type)).join(', ')
  await orders.write(() => {
    orders.run(
      `UPDATE orders SET full_reads = full_reads + 1
       WHERE account = ? AND partial = 1 AND type IN (${types}) AND first_seen_at < ?`,
      [account, input.heardBefore],
    )
    orders.run(
      `UPDATE pushed_items SET reads = reads + 1 WHERE account = ? AND state IN ('unmatched', 'several') AND received_at < ?`,
      [account, input.heardBefore],
    )
  })
}

import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes, OpenRequest } from '#shared/database/contract.ts'
import type { Channel } from '#domain/vocabulary.ts'
import type { Connection } from './connection.ts'
import { ensureAccountTx, findAccount, typeNumber, typeOf, type Session } from './session.ts'

interface OpenRow {
  id: number
  run: number
  type: number
  channel: Channel
  range_from: string | null
  range_to: string | null
  opened_at: number
}

export function openRequest(session: Session, input: InputOf<DatabaseRoutes['requests.open']>): Promise<number> {
  const { orders } = session
  return orders.write(() =>
    orders.insert(
      `INSERT INTO requests (run, account, type, channel, range_from, range_to, opened_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
      [
        input.runId,
        ensureAccountTx(orders, input.accountId),
        typeNumber(input.type),
        input.channel,
        input.range?.from ?? null,
        input.range?.to ?? null,
        input.at,
      ],
    ),
  )
}

export async function closeRequest(session: Session, input: InputOf<DatabaseRoutes['requests.close']>): Promise<void> {
  await session.orders.write(() => closeRequestTx(session.orders, input.requestId, input.state, input.at))
}

export function closeRequestTx(orders: Connection, requestId: number, state: 'answered' | 'failed', at: number): void {
  orders.run('UPDATE requests SET state = ?, closed_at = ? WHERE id = ?', [state, at, requestId])
}

/** Oldest first, without those of runs under way: their outcome is still being waited for. */
export function listOpenRequests(session: Session, accountId: string): OpenRequest[] {
  const rows = session.orders.all<OpenRow>(
    `SELECT id, run, type, channel, range_from, range_to, opened_at FROM requests
     WHERE account = ? AND state = 'open' ORDER BY id`,
    [findAccount(session.orders, accountId)],
  )
  return rows
    .filter((row) => !session.runsUnderWay.has(row.run))
    .slice(0, 10_000)
    .map(({ range_from: from, range_to: to, ...row }) => ({
      id: row.id,
      accountId,
      type: typeOf(row.type),
      channel: row.channel,
      range: from === null || to === null ? null : { from, to },
      openedAt: row.opened_at,
    }))
}

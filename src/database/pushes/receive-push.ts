import { randomUUID } from 'node:crypto'
import type { InputOf } from '#shared/rpc/route.ts'
import type { DatabaseRoutes } from '#shared/database/contract.ts'
import type { Value } from '../connection.ts'
import { findAccount, type Session } from '../session.ts'

type Push = InputOf<DatabaseRoutes['pushes.receive']>

interface Pending {
  cells: Value[]
  durable: () => void
  failed: (thrown: unknown) => void
}

const insert = `INSERT INTO pushes (uid, account_id, received_at, after_attempt, method, content_type, query, bytes, data)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`

/**
 * Takes pushes in. Those that arrive while a commit is under way share the next one, so that the disk's slowness is
 * paid once for all of them; each is answered only when the commit that holds it is durable.
 */
export class PushReceiver {
  readonly #session: Session
  #pending: Pending[] = []
  #writing = false

  constructor(session: Session) {
    this.#session = session
  }

  async receive(push: Push): Promise<void> {
    const afterAttempt = lastArrived(this.#session, push.accountId)
    const { accountId, at, method, contentType, query, bytes, packed } = push
    const cells = [randomUUID(), accountId, at, afterAttempt, method, contentType, query, bytes, packed]
    await new Promise<void>((durable, failed) => {
      this.#pending.push({ cells, durable, failed })
      if (!this.#writing) void this.#writeAll()
    })
  }

  async #writeAll(): Promise<void> {
    const { replies } = this.#session
    this.#writing = true
    while (this.#pending.length > 0) {
      const group = this.#pending
      this.#pending = []
      try {
        await replies.write(() => group.forEach(({ cells }) => replies.insert(insert, cells)))
        for (const { durable } of group) durable()
      } catch (thrown) {
        for (const { failed } of group) failed(thrown)
      }
    }
    this.#writing = false
  }
}

/** The account's last pull whose reply is here; 0: none. Attempts are numbered in the order in which they left. */
function lastArrived({ orders }: Session, accountId: string): number {
  const row = orders.get<{ id: number }>(
    `SELECT a.id FROM attempts a CROSS JOIN requests q ON q.id = a.request
     WHERE a.ended_at IS NOT NULL AND q.account = ? ORDER BY a.id DESC LIMIT 1`,
    [findAccount(orders, accountId)],
  )
  return row?.id ?? 0
}

import { IdLists } from './orders/id-lists.ts'
import { ReplyReceiver } from './replies/receive.ts'
import type { Clock, Session } from './session.ts'
import type { Log } from './connection.ts'
import type { Vault } from './vault.ts'

/** What serves calls once the vault is open. */
export interface OpenedDatabase {
  readonly session: Session
  readonly receiver: ReplyReceiver
  readonly lists: IdLists
}

export interface Surroundings {
  clock: Clock
  log: Log
  ordersChanged(accountId: string, revision: number): void
}

export function openedDatabase(vault: Vault, around: Surroundings): OpenedDatabase {
  const session: Session = {
    ...vault,
    clock: around.clock,
    log: around.log,
    runsUnderWay: new Set(),
    revision: 1,
    ordersChanged: (accountId) => around.ordersChanged(accountId, session.revision),
  }
  return { session, receiver: new ReplyReceiver(session), lists: new IdLists(session) }
}

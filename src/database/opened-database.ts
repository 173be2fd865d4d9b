import { IdLists } from './orders/id-lists.ts'
import { Rebuilder } from './rebuild/rebuild.ts'
import { PushDesk } from './pushes/push-desk.ts'
import { PushReceiver } from './pushes/receive-push.ts'
import { countWaiting } from './pushes/waiting-pushes.ts'
import { ReplyReceiver } from './replies/receive.ts'
import { findAccount, type Clock, type Session } from './session.ts'
import type { Log } from './connection.ts'
import type { Vault } from './vault.ts'

/** What serves calls once the vault is open. */
export interface OpenedDatabase {
  readonly session: Session
  readonly receiver: ReplyReceiver
  readonly pushReceiver: PushReceiver
  readonly pushDesk: PushDesk
  readonly lists: IdLists
  readonly rebuilder: Rebuilder
}

export interface Surroundings {
  clock: Clock
  log: Log
  ordersChanged(accountId: string, revision: number): void
  /** `waiting`: pushes that have no order yet. */
  pushesChanged(accountId: string, waiting: number): void
  /** Moves a shared file's log into it while queries go on. */
  checkpoint(file: string, key: string): Promise<void>
}

export function openedDatabase(vault: Vault, around: Surroundings): OpenedDatabase {
  const session: Session = {
    ...vault,
    clock: around.clock,
    log: around.log,
    checkpoint: around.checkpoint,
    runsUnderWay: new Set(),
    revision: 1,
    ordersChanged: (accountId) => around.ordersChanged(accountId, session.revision),
    pushesChanged: (accountId) =>
      around.pushesChanged(accountId, countWaiting(session.orders, findAccount(session.orders, accountId))),
  }
  return {
    session,
    receiver: new ReplyReceiver(session),
    pushReceiver: new PushReceiver(session),
    pushDesk: new PushDesk(session),
    lists: new IdLists(session),
    rebuilder: new Rebuilder(session),
  }
}

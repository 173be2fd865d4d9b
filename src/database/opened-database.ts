import { IdLists } from './orders/id-lists.ts'
import { Rebuilder } from './rebuild/rebuild.ts'
import { PushDesk } from './pushes/push-desk.ts'
import { PushReceiver } from './pushes/receive-push.ts'
import { countWaiting } from './pushes/waiting-pushes.ts'
import { ReplyReceiver } from './replies/receive.ts'
import { StatisticsReader } from './statistics/read-statistics.ts'
import { Recounter } from './statistics/recounter.ts'
import { SearchIndex } from './search/search-index.ts'
import { ViewCounts } from './views/view-counts.ts'
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
  readonly viewCounts: ViewCounts
  readonly searchIndex: SearchIndex
  readonly rebuilder: Rebuilder
  readonly recounter: Recounter
  readonly statistics: StatisticsReader
}

export interface Surroundings {
  clock: Clock
  log: Log
  ordersChanged(accountId: string, revision: number): void
  /** `waiting`: pushes that have no order yet. */
  pushesChanged(accountId: string, waiting: number): void
  statisticsChanged(accountId: string): void
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
    ordersChanged: (accountId) => {
      around.ordersChanged(accountId, session.revision)
      recounter.wake()
      searchIndex.wake()
    },
    pushesChanged: (accountId) =>
      around.pushesChanged(accountId, countWaiting(session.orders, findAccount(session.orders, accountId))),
  }
  const recounter = new Recounter(session, around.statisticsChanged)
  const lists = new IdLists(session)
  const searchIndex = new SearchIndex(session)
  return {
    session,
    receiver: new ReplyReceiver(session),
    pushReceiver: new PushReceiver(session),
    pushDesk: new PushDesk(session),
    lists,
    viewCounts: new ViewCounts(session, lists),
    searchIndex,
    rebuilder: new Rebuilder(session),
    recounter,
    statistics: new StatisticsReader(session, recounter),
  }
}

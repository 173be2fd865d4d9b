import { AppError } from '#shared/errors.ts'
import type { Log } from './connection.ts'
import type { Vault } from './vault.ts'

export interface Clock {
  now(): number
}

/** What lives as long as this process has its vault open. */
export interface Session extends Vault {
  readonly clock: Clock
  readonly log: Log
  /** Moves a shared file's log into it while queries go on. No write may come between. */
  readonly checkpoint: (file: string, key: string) => Promise<void>
  /** Runs begun by this process and not ended: their open requests are not yet anybody's to repair. */
  readonly runsUnderWay: Set<number>
  /** Counts up with each merge that changed something; what is cached of orders is good for one revision. */
  revision: number
  /** Tells main that orders of an account changed. */
  readonly ordersChanged: (accountId: string) => void
  /** Tells main that pushes of an account were merged, or found their order. */
  readonly pushesChanged: (accountId: string) => void
}

export { ensureAccountTx, findAccount, typeNumber, typeOf } from './accounts.ts'

/** A row that another call's id names and that is not there: a bug of the caller. */
export function missing(what: string): never {
  throw new AppError('internal', `no such ${what}`)
}

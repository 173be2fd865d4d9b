import { AppError } from '#shared/errors.ts'
import type { OrderType } from '#domain/vocabulary.ts'
import type { Connection, Log } from './connection.ts'
import type { Vault } from './vault.ts'

export interface Clock {
  now(): number
}

/** What lives as long as this process has its vault open. */
export interface Session extends Vault {
  readonly clock: Clock
  readonly log: Log
  /** Runs begun by this process and not ended: their open requests are not yet anybody's to repair. */
  readonly runsUnderWay: Set<number>
  /** Counts up with each merge that changed something; what is cached of orders is good for one revision. */
  revision: number
  /** Tells main that orders of an account changed. */
  readonly ordersChanged: (accountId: string) => void
}

/** The API's own numbers, as the database stores order types. */
export function typeNumber(type: OrderType): 1 | 2 {
  return type === 'own' ? 1 : 2
}

export function typeOf(stored: number): OrderType {
  return stored === 1 ? 'own' : 'distributor'
}

/** The key of an account's rows; null: nothing is stored of it. */
export function findAccount(orders: Connection, accountId: string): number | null {
  const row = orders.get<{ id: number }>('SELECT id FROM accounts WHERE account_id = ? AND forgotten = 0', [accountId])
  return row?.id ?? null
}

/** Within a write. */
export function ensureAccountTx(orders: Connection, accountId: string): number {
  return findAccount(orders, accountId) ?? orders.insert('INSERT INTO accounts (account_id) VALUES (?)', [accountId])
}

/** A row that another call's id names and that is not there: a bug of the caller. */
export function missing(what: string): never {
  throw new AppError('internal', `no such ${what}`)
}

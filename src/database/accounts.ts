import type { OrderType } from '#domain/vocabulary.ts'
import type { Connection } from './connection.ts'

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

import type { ErrorCode } from '#shared/errors.ts'

/** What stands in the grid's place. `none`: the grid itself. */
export type OrdersState = 'none' | 'loading' | 'locked' | 'error' | 'syncing' | 'firstUse' | 'emptyTab' | 'emptyFilter'

export interface OrdersFacts {
  /** What the filter shows; null: not counted yet. */
  total: number | null
  /** Orders of the other tab under the same restrictions. */
  otherTab: number
  error: ErrorCode | null
  restricted: boolean
  syncing: boolean
}

const lockedCodes: ReadonlySet<ErrorCode> = new Set([
  'passphraseNeeded',
  'passphraseWrong',
  'recoveryCodeNeeded',
  'databaseKeyWrong',
])

export function ordersState(facts: OrdersFacts): OrdersState {
  const { total, error } = facts
  if (error !== null) return lockedCodes.has(error) ? 'locked' : 'error'
  if (total === null) return 'loading'
  if (total > 0) return 'none'
  if (facts.restricted) return 'emptyFilter'
  if (facts.syncing) return 'syncing'
  return facts.otherTab > 0 ? 'emptyTab' : 'firstUse'
}

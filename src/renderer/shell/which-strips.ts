import type { VaultState } from '#shared/contract/settings.ts'
import type { SyncState } from '#shared/contract/sync.ts'

/** The thin strips above a page: lasting states that the merchant should know of, each with one action. */
export type Strip = 'locked' | 'offline' | 'recoveryCode' | 'unclear' | 'openRequests' | 'backfill' | 'quotaUsed'

export interface StripFacts {
  vault: VaultState | null
  online: boolean
  /** The account shown is a real one. */
  real: boolean
  sync: SyncState | null
  syncing: boolean
}

/** Three unclear replies in a row: the merchant is asked to check. */
const unclearLimit = 3

/** The strips that apply, most pressing first. */
export function whichStrips(facts: StripFacts): Strip[] {
  const { vault, sync } = facts
  const strips: Strip[] = []
  if (vault?.locked === true && facts.real) strips.push('locked')
  if (!facts.online && facts.real) strips.push('offline')
  if (sync !== null && (sync.quota.spentByUpstream || sync.quota.used >= sync.quota.limit)) strips.push('quotaUsed')
  if (sync !== null && sync.unclearInARow >= unclearLimit) strips.push('unclear')
  if (sync !== null && sync.openRequests > 0 && !facts.syncing) strips.push('openRequests')
  if (vault !== null && vault.protection !== 'none' && !vault.recoveryCodeSeen && facts.real)
    strips.push('recoveryCode')
  if (sync?.offerBackfill === true && !facts.syncing) strips.push('backfill')
  return strips
}

import type { MappingRules } from '#shared/contract/mapping.ts'
import { account } from './sync-steps.ts'

/** The rules of a merchant who decided just this. */
export function rules(decided: Partial<MappingRules> = {}): MappingRules {
  return {
    listPath: null,
    fields: {},
    profile: null,
    words: [],
    codes: [],
    dateFormats: [],
    zoneMinutes: null,
    ...decided,
  }
}

/** The account's own orders, in the test's database. */
export const ownOrders = { accountId: account, type: 'own' } as const

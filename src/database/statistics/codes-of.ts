import type { Codes } from '#domain/funnel.ts'
import { codeProfiles } from '#domain/vocabulary.ts'
import type { Connection } from '../connection.ts'
import { readReading } from '../mapping/rules-table.ts'

/** How an account's status values of one order type are read: by the merchant's rules, else by what its replies taught. */
export function codesOf(orders: Connection, account: number, type: number): Codes {
  const { rules, corrections } = readReading(orders, account, type)
  const row = orders.get<{ profile: string | null }>('SELECT profile FROM accounts WHERE id = ?', [account])
  const known = codeProfiles.find((profile) => profile === row?.profile)
  return { profile: rules.profile ?? known ?? 'unknown', corrections }
}

import type { VaultState } from '#shared/contract/settings.ts'

/** What the vault dialog asks for. */
export type VaultQuestion = 'setUp' | 'unlock' | 'recover'

export function vaultQuestion(vault: VaultState | null): VaultQuestion {
  if (vault?.needs === 'passphrase') return 'unlock'
  if (vault?.needs === 'recoveryCode') return 'recover'
  return 'setUp'
}

/** Shortest passphrase that main takes. */
const leastLength = 8

/** What is wrong with a new passphrase; null: nothing. */
export function passphraseFault(passphrase: string, repeated: string): 'tooShort' | 'different' | null {
  if (passphrase.length < leastLength) return 'tooShort'
  return passphrase === repeated ? null : 'different'
}

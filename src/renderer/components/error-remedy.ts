import type { ErrorCode } from '#shared/errors.ts'

/** The one button that stands beside an error: where the merchant can do something about it. */
export type Remedy = 'account' | 'unlock' | 'retry' | 'none'

const atTheAccount: ReadonlySet<ErrorCode> = new Set([
  'unauthorised',
  'badParameters',
  'redirected',
  'accountIncomplete',
  'gatewayNotAllowed',
  'secretsMissing',
])
const atTheVault: ReadonlySet<ErrorCode> = new Set([
  'passphraseNeeded',
  'passphraseWrong',
  'recoveryCodeWrong',
  'recoveryCodeNeeded',
  'databaseKeyWrong',
])
const byTryingAgain: ReadonlySet<ErrorCode> = new Set([
  'upstreamFault',
  'timeout',
  'network',
  'notJson',
  'tooFast',
  'processGone',
  'upstreamRefused',
  'internal',
])

export function remedyFor(code: ErrorCode): Remedy {
  if (atTheAccount.has(code)) return 'account'
  if (atTheVault.has(code)) return 'unlock'
  if (byTryingAgain.has(code)) return 'retry'
  return 'none'
}

import { createHmac } from 'node:crypto'

/**
 * Names an API key without holding it: the quota outlives the account, the key must not. Keyed, so that a stolen
 * database cannot be searched for a guessed key. 64 hex digits.
 */
export function keyFingerprint(secretHex: string, key: string): string {
  return createHmac('sha256', Buffer.from(secretHex, 'hex')).update(key, 'utf8').digest('hex')
}

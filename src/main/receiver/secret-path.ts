import { createHmac } from 'node:crypto'
import { sameText } from '#domain/push/check-push.ts'

const prefix = '/push/'

/**
 * The secret part of an account's receiver address: 256 bits that only who knows the database's own secret can make.
 * It is nowhere stored, and the next generation shares nothing with the last.
 */
export function secretPath(databaseSecret: string, accountId: string, generation: number): string {
  const about = `receiver path\n${accountId}\n${generation}`
  return createHmac('sha256', Buffer.from(databaseSecret, 'hex')).update(about).digest('base64url')
}

export function addressOf(port: number, secret: string): string {
  return `http://127.0.0.1:${port}${prefix}${secret}`
}

/** The same for eyes that need not see the secret. */
export function hiddenAddress(port: number): string {
  return addressOf(port, '••••••••')
}

/** Whose address a path is; null: nobody's. All are compared, each in a time that does not depend on where they differ. */
export function ownerOf<T extends { secret: string }>(path: string, owners: readonly T[]): T | null {
  const given = path.startsWith(prefix) ? path.slice(prefix.length).replace(/\/$/, '') : ''
  return owners.reduce<T | null>((right, owner) => (sameText(owner.secret, given) ? owner : right), null)
}

import { createHash, randomBytes } from 'node:crypto'

/**
 * A code that a person can type from paper: 17 random bytes (136 bits) and a checksum of 3, as 32 characters of
 * Crockford's base32 (no I, L, O, U) in 8 groups of 4. The checksum lets a typo be told at once.
 */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const secretBytes = 17
const checksumBytes = 3
const codeLength = ((secretBytes + checksumBytes) * 8) / 5

/** The secret that a code stands for; its bytes are what encrypts. */
export function makeRecoverySecret(): Buffer {
  return randomBytes(secretBytes)
}

export function formatRecoveryCode(secret: Buffer): string {
  const bytes = Buffer.concat([secret, checksum(secret)])
  let bits = BigInt(`0x${bytes.toString('hex')}`)
  let code = ''
  for (let index = 0; index < codeLength; index++) {
    code = `${alphabet[Number(bits & 31n)]}${code}`
    bits >>= 5n
  }
  return code.replace(/.{4}(?=.)/g, '$&-')
}

/**
 * Reads a code however it was typed: any case, with or without spaces and dashes, full-width characters, O for 0 and
 * I or L for 1. Null when it is not a code or a character is wrong.
 */
export function parseRecoveryCode(typed: string): Buffer | null {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Dash}_.]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1')
  if (code.length !== codeLength) return null
  let bits = 0n
  for (const character of code) {
    const value = alphabet.indexOf(character)
    if (value < 0) return null
    bits = (bits << 5n) | BigInt(value)
  }
  const bytes = Buffer.from(bits.toString(16).padStart((secretBytes + checksumBytes) * 2, '0'), 'hex')
  const secret = bytes.subarray(0, secretBytes)
  return checksum(secret).equals(bytes.subarray(secretBytes)) ? secret : null
}

function checksum(secret: Buffer): Buffer {
  return createHash('sha256').update('haoka-desk recovery code').update(secret).digest().subarray(0, checksumBytes)
}

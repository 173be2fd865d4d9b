import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { Keychain } from '#main/credentials/keychain.ts'

/** A keychain of its own for a test: what one encrypts, another cannot decrypt. */
export class MemoryKeychain implements Keychain {
  isAvailable = true
  readonly #key = randomBytes(32)

  available(): boolean {
    return this.isAvailable
  }

  encrypt(text: string): Buffer {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce)
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), encrypted])
  }

  decrypt(encrypted: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.#key, encrypted.subarray(0, 12))
    decipher.setAuthTag(encrypted.subarray(12, 28))
    return Buffer.concat([decipher.update(encrypted.subarray(28)), decipher.final()]).toString('utf8')
  }
}

/** A computer without a keychain. */
export function noKeychain(): MemoryKeychain {
  const keychain = new MemoryKeychain()
  keychain.isAvailable = false
  return keychain
}

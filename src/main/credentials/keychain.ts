/** The operating system's keychain: what it encrypts, only this user on this computer can decrypt. */
export interface Keychain {
  /** False where there is no real one: an "encryption" whose key anybody knows counts as none. */
  available(): boolean
  encrypt(text: string): Buffer
  /** Throws when the keychain is not the one that encrypted it. */
  decrypt(encrypted: Buffer): string
}

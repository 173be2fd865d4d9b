import { randomBytes } from 'node:crypto'
import type { VaultState } from '#shared/contract/settings.ts'
import type { BackupWrap } from '#shared/database/backup-header.ts'
import { AppError } from '#shared/errors.ts'
import { Listeners } from '../listeners.ts'
import { databaseKeyOf, openBackupKey, openByCode, opensCode, sealConfig, type BackupKey } from './backup-key.ts'
import type { Keychain } from './keychain.ts'
import { unwrapByPassphrase, wrapByPassphrase } from './passphrase.ts'
import { formatRecoveryCode, makeRecoverySecret, parseRecoveryCode } from './recovery-code.ts'
import { deriveKey, keyBytes, seal, unseal } from './seal.ts'
import type { VaultDocument, VaultFile } from './vault-file.ts'

export interface VaultOptions {
  readonly file: VaultFile
  readonly keychain: Keychain
  /** From the environment: with it nothing asks. */
  readonly passphrase: string | null
  /** True when orders of an earlier vault lie in the data folder: then no new key may be made beside them. */
  readonly dataExists: () => boolean
}

const aboutCode = 'recovery code'
const aboutRecovery = 'data key by recovery code'

/**
 * Holds the data key of this installation: 32 random bytes, wrapped by the keychain or a passphrase, and by the
 * recovery code. Everything else is derived from it: the database key and the key of the accounts' secrets.
 * The data key exists only in this process's memory and in its wrappings.
 */
export class Vault {
  readonly #file: VaultFile
  readonly #keychain: Keychain
  readonly #passphrase: string | null
  readonly #dataExists: () => boolean
  readonly #changed = new Listeners<VaultState>()
  #document: VaultDocument | null = null
  #dataKey: Buffer | null = null
  /** Steps run one after the other: two set-ups at once would make two keys. */
  #queue: Promise<unknown> = Promise.resolve()

  constructor(options: VaultOptions) {
    this.#file = options.file
    this.#keychain = options.keychain
    this.#passphrase = options.passphrase
    this.#dataExists = options.dataExists
  }

  /** Reads the file and opens it with what needs no question: the keychain, or the passphrase of the environment. */
  start(): Promise<VaultState> {
    return this.#step(() => this.#openSilently())
  }

  state(): VaultState {
    const document = this.#document
    const keychainAvailable = this.#keychain.available()
    return {
      keychainAvailable,
      protection: document === null ? 'none' : document.keychain === null ? 'passphrase' : 'keychain',
      locked: document !== null && this.#dataKey === null,
      needs: this.#needs(keychainAvailable),
      secretsThisRunOnly: document?.secretsThisRunOnly ?? false,
      recoveryCodeSeen: document?.recoveryCodeSeen ?? false,
    }
  }

  onChanged(listener: (state: VaultState) => void): () => void {
    return this.#changed.add(listener)
  }

  /**
   * Makes sure the data key is at hand, setting the vault up where that asks nothing of anybody.
   * Throws passphraseNeeded, passphraseWrong (the environment's), recoveryCodeNeeded, databaseKeyWrong.
   */
  async ensureOpen(): Promise<void> {
    await this.#step(async () => {
      if (this.#dataKey === null) await this.#openSilently()
      if (this.#dataKey !== null) return
      if (this.#document === null) return this.#make(this.#passphrase, false)
      if (this.#document.passphrase === null) throw new AppError('recoveryCodeNeeded')
      throw new AppError(this.#passphrase === null ? 'passphraseNeeded' : 'passphraseWrong')
    })
  }

  /** Sets the passphrase where there is no keychain. Throws invalidInput when the vault is set up already. */
  setUp(passphrase: string, secretsThisRunOnly: boolean): Promise<VaultState> {
    return this.#step(() => {
      if (this.#document !== null) throw new AppError('invalidInput', 'the vault is set up already')
      return this.#make(passphrase, secretsThisRunOnly)
    })
  }

  /** Throws passphraseWrong; recoveryCodeNeeded where no passphrase was ever set. */
  unlock(passphrase: string): Promise<VaultState> {
    return this.#step(async () => {
      const wrap = this.#document?.passphrase
      if (wrap === undefined) throw new AppError('passphraseNeeded', 'the vault is not set up')
      if (wrap === null) throw new AppError('recoveryCodeNeeded')
      const key = await unwrapByPassphrase(wrap, passphrase)
      if (key === null) throw new AppError('passphraseWrong')
      this.#dataKey = key
    })
  }

  /**
   * Opens the same data on a new PC or after the keychain changed, and wraps the data key anew: by this keychain, or
   * by the passphrase where there is none. Throws recoveryCodeWrong; passphraseNeeded (no keychain, no passphrase).
   */
  recover(typedCode: string, passphrase: string | null): Promise<VaultState> {
    return this.#step(async () => {
      const document = this.#document
      const secret = parseRecoveryCode(typedCode)
      const key = document === null || secret === null ? null : openByCode(document, secret)
      if (document === null || key === null) throw new AppError('recoveryCodeWrong')
      const wraps = await this.#wrap(key, passphrase ?? this.#passphrase)
      this.#save({ ...document, ...wraps })
      this.#dataKey = key
    })
  }

  /** The recovery code in groups; from then on it counts as seen. Throws as ensureOpen. */
  async recoveryCode(): Promise<string> {
    await this.ensureOpen()
    const code = this.#document && unseal(this.#key('recovery code'), this.#document.recoveryCode, aboutCode)
    if (code === null || this.#document === null)
      throw new AppError('databaseKeyWrong', 'the recovery code is unreadable')
    if (!this.#document.recoveryCodeSeen) {
      this.#save({ ...this.#document, recoveryCodeSeen: true })
      this.#changed.tell(this.state())
    }
    return code
  }

  /** 64 hex digits for the orders' files. Throws as ensureOpen. */
  async databaseKey(): Promise<string> {
    await this.ensureOpen()
    return databaseKeyOf(this.ownKey())
  }

  /** Seals an account's secret; `place` (account and name) is bound to it. The vault must be open. */
  sealSecret(place: string, value: string): string {
    return seal(this.#key('secrets'), value, place)
  }

  /** The secret, or null when it was not sealed here under this place. The vault must be open. */
  openSecret(place: string, sealed: string): string | null {
    return unseal(this.#key('secrets'), sealed, place)
  }

  /** What lets the recovery code open a backup, and the accounts sealed for it. Throws as ensureOpen. */
  async forBackup(config: string): Promise<{ vault: BackupWrap; config: string }> {
    await this.ensureOpen()
    if (this.#document === null) throw new AppError('passphraseNeeded', 'the vault is locked')
    const { recovery, recoveryCode } = this.#document
    return { vault: { recovery, recoveryCode }, config: sealConfig(this.ownKey(), config) }
  }

  /** This installation's key where it is open and fits, else by the code. Throws recoveryCodeNeeded, recoveryCodeWrong. */
  backupKey(wrap: BackupWrap, typedCode: string | null): BackupKey {
    return openBackupKey(wrap, this.#dataKey, typedCode)
  }

  /** True where this installation's key is open and is the backup's. */
  ownsBackup(wrap: BackupWrap): boolean {
    return this.#dataKey !== null && opensCode(wrap, this.#dataKey)
  }

  /** Throws passphraseNeeded where the vault is locked. */
  ownKey(): Buffer {
    if (this.#dataKey === null) throw new AppError('passphraseNeeded', 'the vault is locked')
    return this.#dataKey
  }

  /** The database key where it is at hand; asks nothing and makes nothing. */
  databaseKeyAtHand(): string | null {
    return this.#dataKey === null ? null : databaseKeyOf(this.#dataKey)
  }

  /** The vault.json under which another computer's data opens here. Throws passphraseNeeded (no keychain). */
  async documentFor(wrap: BackupWrap, { dataKey }: BackupKey, passphrase: string | null): Promise<VaultDocument> {
    const wraps = await this.#wrap(dataKey, passphrase ?? this.#passphrase)
    return { version: 1, ...wraps, ...wrap, recoveryCodeSeen: true, secretsThisRunOnly: false }
  }

  /** Goes on with a document that has taken the file's place. */
  takeOver(document: VaultDocument, { dataKey }: BackupKey): Promise<VaultState> {
    return this.#step(() => {
      this.#document = document
      this.#dataKey = dataKey
    })
  }

  #key(purpose: string): Buffer {
    return deriveKey(this.ownKey(), purpose)
  }

  #needs(keychainAvailable: boolean): VaultState['needs'] {
    if (this.#dataKey !== null) return 'nothing'
    if (this.#document === null) return keychainAvailable || this.#passphrase !== null ? 'nothing' : 'newPassphrase'
    return this.#document.passphrase === null ? 'recoveryCode' : 'passphrase'
  }

  async #openSilently(): Promise<void> {
    this.#document = this.#file.read()
    const document = this.#document
    if (document === null) return
    const byKeychain = this.#openByKeychain(document)
    const byPassphrase = byKeychain === null ? await this.#openByEnvironment(document) : null
    this.#dataKey = byKeychain ?? byPassphrase
    if (this.#dataKey === null) return
    // What can be wrapped without a question is: the next run may have only the other of the two.
    const keychainChanged = document.keychain !== null && byKeychain === null && this.#keychain.available()
    const passphraseIsNew = document.passphrase === null && this.#passphrase !== null
    if (keychainChanged) this.#save({ ...document, keychain: this.#wrapByKeychain(this.#dataKey) })
    if (passphraseIsNew && this.#passphrase !== null)
      this.#save({ ...document, passphrase: await wrapByPassphrase(this.#dataKey, this.#passphrase) })
  }

  /** A changed keychain may also hand out rubbish instead of throwing, so the key must open the sealed code. */
  #openByKeychain(document: VaultDocument): Buffer | null {
    if (document.keychain === null || !this.#keychain.available()) return null
    try {
      const key = Buffer.from(this.#keychain.decrypt(Buffer.from(document.keychain, 'base64')), 'base64')
      return key.length === keyBytes && opensCode(document, key) ? key : null
    } catch {
      return null
    }
  }

  async #openByEnvironment(document: VaultDocument): Promise<Buffer | null> {
    if (document.passphrase === null || this.#passphrase === null) return null
    return unwrapByPassphrase(document.passphrase, this.#passphrase)
  }

  async #make(passphrase: string | null, secretsThisRunOnly: boolean): Promise<void> {
    if (this.#dataExists()) throw new AppError('databaseKeyWrong', 'orders without their vault.json')
    const dataKey = randomBytes(keyBytes)
    const secret = makeRecoverySecret()
    const salt = randomBytes(16)
    const sealedKey = seal(deriveKey(secret, aboutRecovery, salt), dataKey.toString('base64'), aboutRecovery)
    const document: VaultDocument = {
      version: 1,
      ...(await this.#wrap(dataKey, passphrase)),
      recovery: { salt: salt.toString('base64'), sealed: sealedKey },
      recoveryCode: seal(deriveKey(dataKey, 'recovery code'), formatRecoveryCode(secret), aboutCode),
      recoveryCodeSeen: false,
      secretsThisRunOnly,
    }
    if (this.#file.create(document) === document) {
      this.#document = document
      this.#dataKey = dataKey
      return
    }
    await this.#openSilently()
    if (this.#dataKey === null) throw new AppError('dataFolderInUse', 'another process set the vault up')
  }

  async #wrap(dataKey: Buffer, passphrase: string | null): Promise<Pick<VaultDocument, 'keychain' | 'passphrase'>> {
    const keychain = this.#keychain.available() ? this.#wrapByKeychain(dataKey) : null
    if (keychain === null && passphrase === null) throw new AppError('passphraseNeeded')
    return { keychain, passphrase: passphrase === null ? null : await wrapByPassphrase(dataKey, passphrase) }
  }

  #wrapByKeychain(dataKey: Buffer): string {
    return this.#keychain.encrypt(dataKey.toString('base64')).toString('base64')
  }

  #save(document: VaultDocument): void {
    this.#file.write(document)
    this.#document = document
  }

  #step(step: () => Promise<void> | void): Promise<VaultState> {
    const before = JSON.stringify(this.state())
    const run = this.#queue.then(step).then(() => {
      const state = this.state()
      if (JSON.stringify(state) !== before) this.#changed.tell(state)
      return state
    })
    this.#queue = run.catch(() => undefined)
    return run
  }
}

import { randomUUID } from 'node:crypto'
import { orderTypes } from '#domain/vocabulary.ts'
import {
  secretNames,
  type Account,
  type AccountSettings,
  type SecretName,
  type SecretsInput,
} from '#shared/contract/accounts.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { AppError } from '#shared/errors.ts'
import { translate } from '#shared/locales/index.ts'
import type { AccountDatabases } from '../account-databases.ts'
import type { Vault } from '../credentials/vault.ts'
import { Listeners } from '../listeners.ts'
import type { StoredAccount } from '../settings/config-document.ts'
import type { ConfigStore } from '../settings/config-store.ts'
import type { UpstreamAccount } from '../upstream/account.ts'
import { gatewayUrl } from '../upstream/gateway.ts'
import { checkComplete, foldLabel, normaliseSecrets } from './account-rules.ts'
import type { PracticeGatewayKeeper } from './practice-gateway-keeper.ts'

type Secrets = Partial<Record<SecretName, string>>
type SecretChanges = Partial<Record<SecretName, string | null>>

export interface AccountServiceOptions {
  readonly store: ConfigStore
  readonly vault: Vault
  readonly databases: Pick<AccountDatabases, 'real' | 'removePractice'>
  readonly practice: PracticeGatewayKeeper
  readonly clock: { now(): number }
  readonly locale: () => Locale
}

/** The merchant's accounts. Secrets go in and never come out but to the upstream client. */
export class AccountService {
  readonly #options: AccountServiceOptions
  readonly #changed = new Listeners()
  /** Where the merchant chose "this run only": by account id. */
  readonly #thisRun = new Map<string, Secrets>()

  constructor(options: AccountServiceOptions) {
    this.#options = options
  }

  onChanged(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /** A restore put other accounts in their place. */
  replaced(): void {
    this.sealPlain()
    this.#changed.tell()
  }

  /** Oldest first. Needs no vault. */
  list(): Account[] {
    return this.#options.store.read().accounts.map((stored) => this.#show(stored))
  }

  /** Throws accountNotFound. */
  get(id: string): Account {
    return this.#show(this.#options.store.account(id))
  }

  /** By its label, whatever the case or width of its letters. Throws accountNotFound. */
  byLabel(label: string): Account {
    const found = this.list().find((account) => foldLabel(account.label) === foldLabel(label))
    if (found === undefined) throw new AppError('accountNotFound')
    return found
  }

  /**
   * Makes an account (no id) or changes one. A real account needs the vault open and the data folder for this process
   * alone. Throws accountLabelTaken, gatewayNotAllowed, accountIncomplete, accountNotFound, and what opening throws.
   */
  async save(input: { id?: string | undefined; settings: AccountSettings; secrets: SecretsInput }): Promise<Account> {
    const before = input.id === undefined ? null : this.#options.store.account(input.id)
    this.#checkLabel(input.settings.label, before?.id ?? null)
    if (before?.practice === true) return this.#put({ ...before, settings: { ...input.settings, gateway: '' } })
    gatewayUrl(input.settings.gateway)
    const id = before?.id ?? randomUUID()
    const changes = normaliseSecrets(input.secrets)
    checkComplete(input.settings, this.#setAfter(before, changes))
    await this.#options.databases.real()
    this.sealPlain()
    // Again, because another save may have come in between.
    this.#checkLabel(input.settings.label, id)
    const createdAt = before?.createdAt ?? this.#options.clock.now()
    const stored = before === null ? {} : this.#options.store.account(id).secrets
    const secrets = this.#keepSecrets(id, stored, changes)
    const kept = {
      backfillAnswered: before?.backfillAnswered ?? false,
      followUp: before?.followUp ?? true,
      ...(before?.receiver !== undefined && { receiver: before.receiver }),
    }
    return this.#put({ id, practice: false, createdAt, settings: input.settings, ...kept, secrets })
  }

  /**
   * Removes an account; its orders and history too where `withData`, for the practice account always. The count of its
   * calls stays. Throws accountNotFound.
   */
  async remove(id: string, withData: boolean): Promise<{ removed: boolean; orders: number }> {
    const stored = this.#options.store.account(id)
    const orders = stored.practice ? await this.#removePractice() : await this.#removeReal(id, withData)
    this.#options.store.update((document) => ({
      settings: forgetSelection(document.settings, id),
      version: document.version,
      accounts: document.accounts.filter((account) => account.id !== id),
    }))
    this.#thisRun.delete(id)
    this.#changed.tell()
    return { removed: true, orders }
  }

  /** The practice account, made if there is none; its gateway runs afterwards. Never asks for a passphrase. */
  async addPractice(): Promise<Account> {
    await this.#options.practice.start()
    const known = this.list().find((account) => account.practice)
    if (known !== undefined) return known
    const settings: AccountSettings = {
      label: this.#freeLabel(translate(this.#options.locale(), 'native.practiceLabel')),
      types: [...orderTypes],
      gateway: '',
      method: 'GET',
      timeoutMs: 60_000,
      name: '',
      apiUser: '',
      sharedWithOthers: false,
    }
    const createdAt = this.#options.clock.now()
    return this.#put({
      id: randomUUID(),
      practice: true,
      createdAt,
      settings,
      backfillAnswered: false,
      followUp: true,
      secrets: {},
    })
  }

  /**
   * Everything a call to the upstream needs, secrets included: for the upstream client only.
   * Throws accountNotFound, secretsMissing, passphraseNeeded and the like.
   */
  async credentials(id: string): Promise<UpstreamAccount> {
    const { settings, practice } = this.#options.store.account(id)
    const shown = {
      id,
      method: settings.method,
      timeoutMs: settings.timeoutMs,
      types: settings.types,
      sharedWithOthers: settings.sharedWithOthers,
      apiUser: settings.apiUser,
    }
    const none = { key: '', password: '', token: '', sk: '', apiUrl: '', apiToken: '', apiPwd: '' }
    if (practice) return { ...shown, ...none, ...(await this.#options.practice.start()) }
    const { gateway, name } = settings
    return { ...shown, gateway, name, ...none, ...(await this.#openSecrets(id)) }
  }

  /** Seals what an older version stored in the clear. Does nothing while the vault is locked. */
  sealPlain(): void {
    const { store, vault } = this.#options
    const hasPlain = ({ settings }: StoredAccount): boolean => settings.apiUrl !== undefined
    if (vault.databaseKeyAtHand() === null || !store.read().accounts.some(hasPlain)) return
    store.update((document) => ({
      ...document,
      accounts: document.accounts.map((account) => (hasPlain(account) ? this.#sealed(account) : account)),
    }))
  }

  /** The practice account needs no address: its gateway is told where its receiver listens. */
  #sealed(account: StoredAccount): StoredAccount {
    const { apiUrl = '', ...settings } = account.settings
    if (account.practice || apiUrl === '' || account.secrets.apiUrl !== undefined) return { ...account, settings }
    return { ...account, settings, secrets: this.#keepSecrets(account.id, account.secrets, { apiUrl }) }
  }

  #show({ id, practice, createdAt, settings, secrets }: StoredAccount): Account {
    const { apiUrl = '', ...shown } = settings
    const isSet = this.#setAfter({ id, practice, secrets }, {})
    return { id, practice, createdAt, ...shown, secrets: { ...isSet, apiUrl: isSet.apiUrl || apiUrl !== '' } }
  }

  /** Which secrets are set once the changes are made. The practice gateway always has its own. */
  #setAfter(
    before: Pick<StoredAccount, 'id' | 'practice' | 'secrets'> | null,
    changes: SecretChanges,
  ): Record<SecretName, boolean> {
    const thisRun = before === null ? {} : (this.#thisRun.get(before.id) ?? {})
    const isSet = (name: SecretName): boolean => {
      const change = changes[name]
      if (change !== undefined) return change !== null
      return before?.practice === true ? name === 'key' : (thisRun[name] ?? before?.secrets[name]) !== undefined
    }
    return Object.fromEntries(secretNames.map((name) => [name, isSet(name)])) as Record<SecretName, boolean>
  }

  /** The sealed secrets to store. With "this run only" they stay in memory and nothing is stored. */
  #keepSecrets(id: string, stored: StoredAccount['secrets'], changes: SecretChanges): StoredAccount['secrets'] {
    const { vault } = this.#options
    const kept = { ...stored }
    const thisRun: Secrets = { ...this.#thisRun.get(id) }
    const thisRunOnly = vault.state().secretsThisRunOnly
    for (const name of secretNames) {
      const value = changes[name]
      if (value === undefined) continue
      delete kept[name]
      delete thisRun[name]
      if (value === null) continue
      if (thisRunOnly) thisRun[name] = value
      else kept[name] = vault.sealSecret(place(id, name), value)
    }
    this.#thisRun.set(id, thisRun)
    return kept
  }

  async #openSecrets(id: string): Promise<Secrets> {
    const { vault } = this.#options
    await vault.ensureOpen()
    this.sealPlain()
    const stored = this.#options.store.account(id)
    const opened: Secrets = { ...this.#thisRun.get(id) }
    for (const name of secretNames) {
      const sealed = stored.secrets[name]
      if (sealed === undefined) continue
      const value = vault.openSecret(place(id, name), sealed)
      if (value === null) throw new AppError('secretsMissing', name)
      opened[name] = value
    }
    if (opened.key === undefined) throw new AppError('secretsMissing', 'key')
    return opened
  }

  async #removeReal(id: string, withData: boolean): Promise<number> {
    const database = await this.#options.databases.real()
    return withData ? (await database.call('accounts.forget', { accountId: id })).orders : 0
  }

  async #removePractice(): Promise<number> {
    await this.#options.databases.removePractice()
    await this.#options.practice.remove()
    return 0
  }

  #put(stored: StoredAccount): Account {
    this.#options.store.update((document) => {
      const others = document.accounts.filter((account) => account.id !== stored.id)
      const index = document.accounts.findIndex((account) => account.id === stored.id)
      return { ...document, accounts: index < 0 ? [...others, stored] : others.toSpliced(index, 0, stored) }
    })
    this.#changed.tell()
    return this.#show(stored)
  }

  #checkLabel(label: string, ownId: string | null): void {
    const taken = this.list().some((other) => other.id !== ownId && foldLabel(other.label) === foldLabel(label))
    if (taken) throw new AppError('accountLabelTaken')
  }

  #freeLabel(wanted: string): string {
    const taken = new Set(this.list().map((account) => foldLabel(account.label)))
    for (let count = 1; ; count++) {
      const label = count === 1 ? wanted : `${wanted} ${count}`
      if (!taken.has(foldLabel(label))) return label
    }
  }
}

/** What a sealed secret is bound to: moved to another account or name, it no longer opens. */
function place(accountId: string, name: SecretName): string {
  return `${accountId}\n${name}`
}

function forgetSelection<T extends { selectedAccountId?: string | null | undefined }>(settings: T, id: string): T {
  return settings.selectedAccountId === id ? { ...settings, selectedAccountId: null } : settings
}

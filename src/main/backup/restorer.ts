import type { AskAgain } from '#shared/database/upkeep.ts'
import type { AccountDatabases } from '../account-databases.ts'
import type { Vault } from '../credentials/vault.ts'
import { databaseKeyOf, openConfig, type BackupKey } from '../credentials/backup-key.ts'
import type { VaultDocument } from '../credentials/vault-file.ts'
import type { Upkeep } from '../processes/upkeep-client.ts'
import type { ConfigDocument } from '../settings/config-document.ts'
import type { ConfigStore } from '../settings/config-store.ts'
import { localStamp } from '../settings/durable-file.ts'
import { askAgainOf } from './ask-again.ts'
import { configFromBackup, restoredConfig } from './backed-up-config.ts'
import type { DamageFile } from './upkeep-file.ts'

export interface RestorerOptions {
  readonly dataFolder: string
  readonly store: ConfigStore
  readonly vault: Vault
  readonly databases: Pick<AccountDatabases, 'exclusively'>
  readonly damage: DamageFile
  readonly upkeep: Upkeep
  readonly now: () => number
  /** Ends what runs for any account. */
  readonly stopSyncs: () => Promise<unknown>
}

export interface RestoreRequest {
  readonly file: string
  readonly recoveryCode: string | null
  /** Protects the data where this computer has no keychain and the backup is another's. */
  readonly passphrase: string | null
}

interface Texts {
  readonly document: VaultDocument | null
  readonly config: ConfigDocument
}

/** Puts a backup in the place of the present data, which is set aside. */
export class Restorer {
  readonly #options: RestorerOptions

  constructor(options: RestorerOptions) {
    this.#options = options
  }

  /** Throws notABackup, backupDamaged, databaseNewer, recoveryCodeNeeded, recoveryCodeWrong, passphraseNeeded. */
  async restore({ file, recoveryCode, passphrase }: RestoreRequest): Promise<{ madeAt: number; setAside: string[] }> {
    const { upkeep, vault, store } = this.#options
    const { vault: wrap, config: sealed, madeAt } = await upkeep('backup.inspect', { file })
    const key = vault.backupKey(wrap, recoveryCode)
    const config = restoredConfig(store.read(), configFromBackup(openConfig(key.dataKey, sealed)), key.own)
    const document = key.own ? null : await vault.documentFor(wrap, key, passphrase)
    const setAside = await this.#run(file, key, { document, config })
    return { madeAt, setAside }
  }

  /** Orders anew, without a backup. Throws recoveryCodeNeeded, passphraseNeeded where the vault is locked. */
  async startFresh(): Promise<string[]> {
    const { vault, store } = this.#options
    await vault.ensureOpen()
    const dataKey = vault.ownKey()
    return this.#run(null, { dataKey, own: true }, { document: null, config: store.read() })
  }

  async #run(archive: string | null, key: BackupKey, { document, config }: Texts): Promise<string[]> {
    const { dataFolder, databases, damage, upkeep, vault, now, stopSyncs } = this.#options
    await stopSyncs()
    const askAgain: AskAgain[] = askAgainOf(config.accounts, now())
    const { setAside } = await databases.exclusively('orders', () =>
      upkeep('restore.run', {
        folder: dataFolder,
        name: 'orders',
        key: databaseKeyOf(key.dataKey),
        stamp: `replaced-${localStamp(new Date(now()))}`,
        archive,
        presentKey: vault.databaseKeyAtHand(),
        carryFrom: damage.read()?.orders ?? null,
        askAgain,
        at: now(),
        texts: this.#texts(document, config),
      }),
    )
    damage.clear()
    if (document !== null) await vault.takeOver(document, key)
    return setAside
  }

  /** The vault's copy and the settings' own change in the same step as the orders: none opens without the others. */
  #texts(document: VaultDocument | null, config: ConfigDocument): { name: string; text: string; keep: boolean }[] {
    const text = JSON.stringify(config)
    const sameConfig = text === JSON.stringify(this.#options.store.read())
    const pair = (name: string, content: string) => [
      { name: `${name}.json`, text: content, keep: true },
      { name: `${name}.copy.json`, text: content, keep: false },
    ]
    return [
      ...(document === null ? [] : pair('vault', JSON.stringify(document))),
      ...(sameConfig ? [] : pair('config', text)),
    ]
  }
}

import path from 'node:path'
import { beijingDay } from '#domain/beijing-time.ts'
import type { BackupsState } from '#shared/contract/backups.ts'
import type { Health } from '#shared/database/upkeep.ts'
import { AppError } from '#shared/errors.ts'
import type { AccountDatabases } from '../account-databases.ts'
import type { Vault } from '../credentials/vault.ts'
import { Listeners } from '../listeners.ts'
import type { Log } from '../log/log.ts'
import type { Upkeep } from '../processes/upkeep-client.ts'
import type { ConfigStore } from '../settings/config-store.ts'
import { openConfig } from '../credentials/backup-key.ts'
import { configForBackup } from './backed-up-config.ts'
import type { BackupFolder } from './backup-folder.ts'
import type { DamageKeeper } from './damage-keeper.ts'
import type { RestoreRequest, Restorer } from './restorer.ts'
import type { CheckFile } from './upkeep-file.ts'

export interface BackupServiceOptions {
  readonly dataFolder: string
  readonly folder: BackupFolder
  readonly checks: CheckFile
  readonly keeper: DamageKeeper
  readonly restorer: Restorer
  readonly store: ConfigStore
  readonly vault: Vault
  readonly databases: Pick<AccountDatabases, 'real'>
  readonly upkeep: Upkeep
  readonly now: () => number
  /** Of the environment, where nobody can be asked. */
  readonly recoveryCode: string | null
  /** Asks again what a restore left open. Never throws. */
  readonly repair: () => Promise<void>
  /** Accounts and settings on the disk are other ones. */
  readonly configReplaced: () => void
  readonly log: Log
}

/** Checks, backs up and restores the real accounts' data. One of the three at a time. */
export class BackupService {
  readonly #options: BackupServiceOptions
  readonly #changed = new Listeners<BackupsState>()
  readonly #stopping = new AbortController()
  #running: BackupsState['running'] = null

  constructor(options: BackupServiceOptions) {
    this.#options = options
    options.keeper.onChanged(() => this.#tell())
  }

  state(): BackupsState {
    const { folder, checks, keeper } = this.#options
    return {
      kept: folder.list().map(({ name, madeAt, bytes }) => ({ name, madeAt, bytes })),
      lastCheck: checks.read(),
      damage: keeper.pending(),
      running: this.#running,
    }
  }

  onChanged(listener: (state: BackupsState) => void): () => void {
    return this.#changed.add(listener)
  }

  /**
   * Once a day, and at the next start after an unclean end: verifies everything, then keeps a backup where something
   * changed. Does nothing where there is no data yet or it is locked. Never throws.
   */
  async daily(): Promise<void> {
    const { checks, vault, now, log } = this.#options
    const last = checks.read()
    if (this.#running !== null || vault.databaseKeyAtHand() === null) return
    if (last !== null && beijingDay(last.at) === beijingDay(now())) return
    try {
      await this.check()
      await this.make()
    } catch (thrown) {
      if (!this.#stopping.signal.aborted) log.warn('the daily check and backup', thrown)
    }
  }

  /** Verifies every page of both files, and their structure. What is damaged is dealt with as if it had been met. */
  check(): Promise<void> {
    return this.#alone('check', async () => {
      const { databases, checks, keeper, now } = this.#options
      const client = await databases.real()
      const pages = await client.call('upkeep.check', {})
      const health = isDamaged(pages) ? pages : await this.#checkStructure()
      checks.write({ at: now(), ...health })
      if (isDamaged(health)) {
        await keeper.suspect('orders', client)
        throw new AppError('databaseCorrupt', 'the check found damage')
      }
    })
  }

  /** Ends a check that is under way: it would outlive the app. */
  stop(): void {
    this.#stopping.abort()
  }

  /** In a process of its own: it takes its time, and queries go on meanwhile. */
  async #checkStructure(): Promise<Health> {
    const { upkeep, vault, dataFolder } = this.#options
    const place = { folder: dataFolder, name: 'orders' as const, key: await vault.databaseKey() }
    return upkeep('upkeep.structure', place, { signal: this.#stopping.signal })
  }

  /** Keeps a backup of the orders; false where nothing changed since the newest. */
  make(): Promise<boolean> {
    return this.#alone('backup', async () => {
      const { folder, now } = this.#options
      const file = folder.newPath(now())
      const { written } = await this.#write(file, false, this.#newestUnchanged())
      if (written) folder.prune(file)
      return written
    })
  }

  /** Writes everything, raw replies included, into one file. */
  writeTo(file: string): Promise<{ bytes: number }> {
    return this.#alone('backup', () => this.#write(file, true, null))
  }

  restore(request: RestoreRequest): Promise<{ madeAt: number; setAside: string[] }> {
    const { restorer, recoveryCode } = this.#options
    return this.#replacing(() => restorer.restore({ ...request, recoveryCode: request.recoveryCode ?? recoveryCode }))
  }

  async startFresh(): Promise<{ setAside: string[] }> {
    return { setAside: await this.#replacing(() => this.#options.restorer.startFresh()) }
  }

  /** One of the kept ones as a file. Throws notABackup. */
  pathOf(name: string): string {
    return this.#options.folder.pathOf(name)
  }

  /** Reads the whole of a backup. Throws notABackup, backupDamaged, databaseNewer. */
  async inspect(file: string): Promise<{ name: string; madeAt: number; bytes: number; needsCode: boolean }> {
    const { upkeep, vault: own } = this.#options
    const { vault, madeAt, files } = await upkeep('backup.inspect', { file })
    const bytes = files.reduce((sum, one) => sum + one.bytes, 0)
    return { name: path.basename(file).slice(0, 200), madeAt, bytes, needsCode: !own.ownsBackup(vault) }
  }

  async #write(file: string, withReplies: boolean, unlessOrders: string | null) {
    const { databases, vault, store, now } = this.#options
    const client = await databases.real()
    const sealed = await vault.forBackup(configForBackup(store.read()))
    const about = { version: 1 as const, madeAt: now(), ...sealed }
    return client.call('backup.write', { file, about, withReplies, unlessOrders })
  }

  /** The newest backup's orders, where its accounts are the present ones too. */
  #newestUnchanged(): string | null {
    const { folder, vault, store } = this.#options
    const newest = folder.list()[0]
    if (newest === undefined || !vault.ownsBackup(newest.header.vault)) return null
    const config = openConfig(vault.ownKey(), newest.header.config)
    if (config !== configForBackup(store.read())) return null
    return newest.header.files.find(({ name }) => name === 'orders')?.sha256 ?? null
  }

  async #replacing<T>(work: () => Promise<T>): Promise<T> {
    const { configReplaced, databases, repair } = this.#options
    const result = await this.#alone('restore', async () => {
      const replaced = await work()
      configReplaced()
      await databases.real()
      return replaced
    })
    await repair()
    return result
  }

  async #alone<T>(what: NonNullable<BackupsState['running']>, work: () => Promise<T>): Promise<T> {
    if (this.#running !== null) throw new AppError('backupRunning')
    this.#running = what
    this.#tell()
    try {
      return await work()
    } finally {
      this.#running = null
      this.#tell()
    }
  }

  #tell(): void {
    this.#changed.tell(this.state())
  }
}

function isDamaged({ orders, replies }: Health): boolean {
  return orders === 'damaged' || replies === 'damaged'
}

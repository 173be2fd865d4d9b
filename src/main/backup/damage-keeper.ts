import path from 'node:path'
import type { Damage, KeptBackup } from '#shared/contract/backups.ts'
import type { BackupWrap } from '#shared/database/backup-header.ts'
import type { AskAgain, Health } from '#shared/database/upkeep.ts'
import { AppError } from '#shared/errors.ts'
import type { DatabaseClient, DatabaseTarget } from '../account-databases.ts'
import { Listeners } from '../listeners.ts'
import type { Log } from '../log/log.ts'
import type { Upkeep } from '../processes/upkeep-client.ts'
import { localStamp } from '../settings/durable-file.ts'
import type { Notices } from '../settings/notices.ts'
import type { BackupFolder } from './backup-folder.ts'
import { shownDamage, type DamageFile } from './upkeep-file.ts'

export interface DamageKeeperOptions {
  /** Starts the process and opens the files. Throws databaseCorrupt. */
  readonly start: (target: DatabaseTarget) => Promise<DatabaseClient>
  readonly upkeep: Upkeep
  readonly folder: BackupFolder
  readonly file: DamageFile
  readonly notices: Notices
  readonly now: () => number
  /** True where this installation's key opens the backup. */
  readonly owns: (wrap: BackupWrap) => boolean
  /** What to ask again where orders begin anew. */
  readonly askAgain: () => AskAgain[]
  readonly log: Log
}

/**
 * Opens databases and deals with damaged ones. Damaged replies are set aside and the orders go on. Damaged orders are
 * set aside; where a whole backup of them is kept, everything waits for the merchant's word (nothing is asked of the
 * upstream meanwhile, so nothing can be delivered into nowhere), else they begin anew from the raw replies at once.
 */
export class DamageKeeper {
  readonly #options: DamageKeeperOptions
  readonly #suspects = new Set<DatabaseTarget['name']>()
  readonly #suspected = new Listeners<DatabaseTarget['name']>()
  readonly #changed = new Listeners()
  readonly #mended = new Listeners()
  /** The damage that waits was told in this run of the app. */
  #told = false

  constructor(options: DamageKeeperOptions) {
    this.#options = options
  }

  /** What waits for the merchant's word; null: nothing. */
  pending(): Damage | null {
    const pending = this.#options.file.read()
    return pending === null ? null : shownDamage(pending)
  }

  /** Tells when the damage that waits is another one. */
  onChanged(listener: () => void): () => void {
    return this.#changed.add(listener)
  }

  /** Tells when files were set aside and the orders go on without them: what was in them is to be asked again. */
  onMended(listener: () => void): () => void {
    return this.#mended.add(listener)
  }

  /** Tells which open database met a damaged page; it has been closed then. */
  onSuspected(listener: (name: DatabaseTarget['name']) => void): () => void {
    return this.#suspected.add(listener)
  }

  /** Throws what opening throws; restoreOffered where the merchant is to choose. */
  async start(target: DatabaseTarget): Promise<DatabaseClient> {
    if (target.name === 'orders') this.#refuseWhilePending()
    const mended = this.#suspects.delete(target.name) && (await this.#examine(target))
    const client = await this.#options.start(target).catch((thrown: unknown) => this.#mendAndStart(target, thrown))
    if (mended) this.#mended.tell()
    return this.#watched(target, client)
  }

  /** A check found a page of it damaged: it is closed, and examined before it is opened again. */
  async suspect(name: DatabaseTarget['name'], client: Pick<DatabaseClient, 'close'>): Promise<void> {
    if (this.#suspects.has(name)) return
    this.#suspects.add(name)
    await client.close()
    this.#suspected.tell(name)
  }

  async #mendAndStart(target: DatabaseTarget, thrown: unknown): Promise<DatabaseClient> {
    if (!isCorrupt(thrown)) throw thrown
    if (!(await this.#examine(target))) throw thrown
    const client = await this.#options.start(target)
    this.#mended.tell()
    return client
  }

  #watched(target: DatabaseTarget, client: DatabaseClient): DatabaseClient {
    const call: DatabaseClient['call'] = async (name, input, options) => {
      try {
        return await client.call(name, input, options)
      } catch (thrown) {
        if (isCorrupt(thrown)) void this.suspect(target.name, client)
        throw thrown
      }
    }
    return { ...client, call }
  }

  /** True where something was set aside and opening goes on. */
  async #examine(target: DatabaseTarget): Promise<boolean> {
    const { upkeep, log } = this.#options
    const health = await upkeep('upkeep.diagnose', target)
    log.warn(`${target.name}: orders ${health.orders}, replies ${health.replies}`)
    if (health.orders === 'good') return this.#setRepliesAside(target, health)
    const backup = target.name === 'orders' ? await this.#newestWhole() : null
    if (backup === null) return this.#beginAnew(target)
    await this.#wait(target, health, backup)
    return false
  }

  async #setRepliesAside({ folder, name }: DatabaseTarget, { replies }: Health): Promise<boolean> {
    if (replies !== 'damaged') return false
    const { upkeep, notices } = this.#options
    const { files } = await upkeep('upkeep.setAside', { folder, name, stamp: this.#stamp(), files: ['replies'] })
    notices.add('repliesSetAside', { file: files.join(', ') })
    return true
  }

  async #beginAnew(target: DatabaseTarget): Promise<boolean> {
    const { upkeep, notices, now, askAgain } = this.#options
    const { setAside } = await upkeep('restore.run', {
      ...target,
      stamp: this.#stamp(),
      archive: null,
      presentKey: target.key,
      carryFrom: null,
      askAgain: target.name === 'orders' ? askAgain() : [],
      at: now(),
      texts: [],
    })
    notices.add('databaseRebuilt', { file: setAside.join(', ') })
    return true
  }

  async #wait({ folder, name }: DatabaseTarget, health: Health, backup: KeptBackup): Promise<void> {
    const { upkeep, file, now } = this.#options
    const damaged = (['orders', 'replies'] as const).filter((one) => health[one] === 'damaged')
    // Written first, so that an early end between the two is looked at again and not taken for a fresh start.
    file.write({ at: now(), setAside: [], backup, orders: null })
    const { files } = await upkeep('upkeep.setAside', { folder, name, stamp: this.#stamp(), files: damaged })
    const orders = files.find((aside) => aside.startsWith(`${name}.db`)) ?? null
    file.write({ at: now(), setAside: files, backup, orders })
    this.#told = false
    this.#changed.tell()
    this.#refuseWhilePending()
  }

  /** The newest that is whole to the last byte. */
  async #newestWhole(): Promise<KeptBackup | null> {
    const { folder, upkeep, log } = this.#options
    for (const { name, madeAt, bytes, header } of folder.list()) {
      if (!this.#options.owns(header.vault)) continue
      try {
        await upkeep('backup.inspect', { file: folder.pathOf(name) })
        return { name, madeAt, bytes }
      } catch (thrown) {
        log.warn(`the backup ${name} cannot be used`, thrown)
      }
    }
    return null
  }

  #refuseWhilePending(): void {
    const pending = this.#options.file.read()
    if (pending === null) return
    if (!this.#told) this.#options.notices.add('databaseSetAside', { file: pending.setAside.join(', ') })
    this.#told = true
    const { folder } = this.#options.folder
    throw new AppError('restoreOffered', 'the orders wait to be restored', {
      data: { backup: path.join(folder, pending.backup.name) },
    })
  }

  #stamp(): string {
    return `damaged-${localStamp(new Date(this.#options.now()))}`
  }
}

function isCorrupt(thrown: unknown): boolean {
  return thrown instanceof AppError && thrown.code === 'databaseCorrupt'
}

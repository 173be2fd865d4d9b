import { randomBytes } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseEvents, DatabaseRoutes } from '#shared/database/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { Client } from '#shared/rpc/route.ts'
import type { Vault } from './credentials/vault.ts'
import { Listeners } from './listeners.ts'
import { createFileDurably } from './settings/durable-file.ts'

/** A database process that is ready to be asked. */
export type DatabaseClient = Client<DatabaseRoutes, DatabaseEvents> & {
  /** Ends cleanly and waits for the process to be gone. */
  close(): Promise<void>
  /** Resolves when the process is gone, for whatever reason. */
  readonly exited: Promise<unknown>
  readonly fingerprintSecret: string
  /** The process before did not close the files. */
  readonly unclean: boolean
  /** The end of the orders' log could not be read; what it held is noted to be asked again. */
  readonly lostTail: boolean
  readonly toAdopt: boolean
  readonly formerSecret: string | null
}

export interface DatabaseTarget {
  readonly folder: string
  readonly name: 'orders' | 'practice'
  /** 64 hex digits. */
  readonly key: string
}

export interface AccountDatabasesOptions {
  readonly dataFolder: string
  readonly vault: Pick<Vault, 'databaseKey'>
  /** Starts the process and opens the files. Throws dataFolderInUse, databaseKeyWrong and the like. */
  readonly start: (target: DatabaseTarget) => Promise<DatabaseClient>
  /** Throws accountNotFound. */
  readonly isPractice: (accountId: string) => boolean
}

/** Pushes were merged, or found their order; `waiting` have none yet. */
export interface PushesChanged {
  readonly accountId: string
  readonly waiting: number
}

export interface OrdersChanged {
  readonly accountId: string
  readonly revision: number
}

/** The two databases of an installation, real and practice, each started when it is first needed. */
export class AccountDatabases {
  readonly #options: AccountDatabasesOptions
  readonly #open = new Map<DatabaseTarget['name'], Promise<DatabaseClient>>()
  readonly #ordersChanged = new Listeners<OrdersChanged>()
  readonly #pushesChanged = new Listeners<PushesChanged>()
  readonly #statisticsChanged = new Listeners<{ accountId: string }>()
  readonly #held = new Map<DatabaseTarget['name'], Promise<void>>()
  #closed = false

  constructor(options: AccountDatabasesOptions) {
    this.#options = options
  }

  /** Throws accountNotFound; passphraseNeeded and the like where the vault is locked; what opening throws. */
  async forAccount(accountId: string): Promise<DatabaseClient> {
    return this.#options.isPractice(accountId) ? this.practice() : this.real()
  }

  real(): Promise<DatabaseClient> {
    return this.#once('orders', async () => ({
      folder: this.#options.dataFolder,
      name: 'orders',
      key: await this.#options.vault.databaseKey(),
    }))
  }

  practice(): Promise<DatabaseClient> {
    return this.#once('practice', async () => ({
      folder: this.#practiceFolder(),
      name: 'practice',
      key: this.#practiceKey(),
    }))
  }

  onOrdersChanged(listener: (change: OrdersChanged) => void): () => void {
    return this.#ordersChanged.add(listener)
  }

  onPushesChanged(listener: (change: PushesChanged) => void): () => void {
    return this.#pushesChanged.add(listener)
  }

  onStatisticsChanged(listener: (change: { accountId: string }) => void): () => void {
    return this.#statisticsChanged.add(listener)
  }

  /** Closes the practice database and deletes its files, key included. */
  async removePractice(): Promise<void> {
    const open = this.#open.get('practice')
    this.#open.delete('practice')
    // One that never opened has nothing to close, and must not keep its files from going.
    await open?.then(
      (client) => client.close(),
      () => undefined,
    )
    for (const file of practiceFiles) rmSync(join(this.#practiceFolder(), file), { force: true })
  }

  /** Closes a database and keeps it closed while `work` runs; who asks for it meanwhile waits. */
  async exclusively<T>(name: DatabaseTarget['name'], work: () => Promise<T>): Promise<T> {
    if (this.#held.has(name)) throw new AppError('backupRunning')
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#held.set(name, promise)
    try {
      const open = this.#open.get(name)
      this.#open.delete(name)
      await open?.then(
        (client) => client.close(),
        () => undefined,
      )
      return await work()
    } finally {
      this.#held.delete(name)
      resolve()
    }
  }

  async close(): Promise<void> {
    this.#closed = true
    const opened = await Promise.allSettled(this.#open.values())
    this.#open.clear()
    await Promise.all(opened.map((result) => (result.status === 'fulfilled' ? result.value.close() : undefined)))
  }

  /** A process that is gone, or that never opened, is started anew at the next need. */
  #once(name: DatabaseTarget['name'], target: () => Promise<DatabaseTarget>): Promise<DatabaseClient> {
    if (this.#closed) return Promise.reject(new AppError('processGone', 'the app is closing'))
    const held = this.#held.get(name)
    if (held !== undefined) return held.then(() => this.#once(name, target))
    const known = this.#open.get(name)
    if (known !== undefined) return known
    const opening = this.#start(target)
    this.#open.set(name, opening)
    const forget = (): void => {
      if (this.#open.get(name) === opening) this.#open.delete(name)
    }
    opening.then((client) => client.exited.finally(forget), forget)
    return opening
  }

  async #start(target: () => Promise<DatabaseTarget>): Promise<DatabaseClient> {
    const client = await this.#options.start(await target())
    client.on('orders.changed', (change) => this.#ordersChanged.tell(change))
    client.on('pushes.changed', (change) => this.#pushesChanged.tell(change))
    client.on('statistics.changed', (change) => this.#statisticsChanged.tell(change))
    return client
  }

  #practiceFolder(): string {
    return join(this.#options.dataFolder, 'practice')
  }

  /** Practice orders are made up: their key may lie beside them, so that practising never asks for a passphrase. */
  #practiceKey(): string {
    const path = join(this.#practiceFolder(), 'practice.key')
    createFileDurably(path, randomBytes(32).toString('hex'))
    return readFileSync(path, 'utf8').trim()
  }
}

const practiceFiles = ['practice', 'practice-replies']
  .flatMap((name) => ['.db', '.db-wal', '.db-shm'].map((ending) => `${name}${ending}`))
  .concat('practice.key', 'practice.lock')

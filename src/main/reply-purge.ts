import { dayMs } from '#domain/beijing-time.ts'
import type { SyncState } from '#shared/contract/sync.ts'
import type { AccountDatabases } from './account-databases.ts'
import type { Log } from './log/log.ts'

export interface ReplyPurgeOptions {
  readonly databases: Pick<AccountDatabases, 'forAccount'>
  readonly keepDays: () => number
  readonly log: Log
}

/**
 * Drops raw replies that are older than the settings say, once a run of the app and account, after a complete sync.
 * "Old" counts from that sync, whose time the server's clock confirmed: a PC clock that jumped ahead drops nothing.
 */
export class ReplyPurge {
  readonly #options: ReplyPurgeOptions
  readonly #done = new Set<string>()

  constructor(options: ReplyPurgeOptions) {
    this.#options = options
  }

  /** Never throws: what is kept a day longer does no harm. */
  async after({ accountId, running, lastCompleteAt }: SyncState): Promise<void> {
    if (running !== null || lastCompleteAt === null || this.#done.has(accountId)) return
    this.#done.add(accountId)
    try {
      const database = await this.#options.databases.forAccount(accountId)
      const before = Math.max(0, lastCompleteAt - this.#options.keepDays() * dayMs)
      const { purged } = await database.call('replies.purge', { before })
      if (purged > 0) this.#options.log.info(`${purged} old replies dropped`)
    } catch (error) {
      this.#done.delete(accountId)
      this.#options.log.warn('old replies could not be dropped', error)
    }
  }
}

import type { AccountDatabases, AccountDatabasesOptions, DatabaseTarget } from '../account-databases.ts'
import type { AccountService } from '../accounts/account-service.ts'
import type { Vault } from '../credentials/vault.ts'
import type { Log } from '../log/log.ts'
import type { Upkeep } from '../processes/upkeep-client.ts'
import type { ConfigStore } from '../settings/config-store.ts'
import type { Notices } from '../settings/notices.ts'
import type { SettingsService } from '../settings/settings-service.ts'
import type { SyncService } from '../sync/sync-service.ts'
import { adoptCalls, type KeyOfAccount } from './adopt-calls.ts'
import { askAgainOf } from './ask-again.ts'
import { BackupFolder } from './backup-folder.ts'
import { BackupService } from './backup-service.ts'
import { DamageKeeper } from './damage-keeper.ts'
import { Restorer } from './restorer.ts'
import { CheckFile, DamageFile } from './upkeep-file.ts'

export interface BackupsOptions {
  readonly dataFolder: string
  readonly now: () => number
  readonly store: ConfigStore
  readonly vault: Vault
  readonly notices: Notices
  readonly upkeep: Upkeep
  readonly startDatabase: AccountDatabasesOptions['start']
  /** Of the environment; for restores where nobody can be asked. */
  readonly recoveryCode: string | null
  readonly log: Log
}

/** What comes to be after it: the databases are opened through the keeper. */
export interface BackupsLater {
  readonly databases: AccountDatabases
  readonly accounts: AccountService
  readonly settings: SettingsService
  readonly sync: SyncService
}

export interface Backups {
  /** Opens a database, whatever state it is in. */
  readonly start: AccountDatabasesOptions['start']
  service(later: BackupsLater): BackupService
}

/** Wires what checks, backs up and restores. */
export function createBackups(options: BackupsOptions): Backups {
  const { dataFolder, now, store, vault, notices, upkeep, log } = options
  const folder = new BackupFolder(dataFolder)
  const damage = new DamageFile(dataFolder)
  const checks = new CheckFile(dataFolder)
  let keys: () => Promise<KeyOfAccount[]> = async () => []
  const keeper = new DamageKeeper({
    start: options.startDatabase,
    upkeep,
    folder,
    file: damage,
    notices,
    now,
    owns: (wrap) => vault.ownsBackup(wrap),
    askAgain: () => askAgainOf(store.read().accounts, now()),
    log,
  })
  return {
    async start(target: DatabaseTarget) {
      const client = await keeper.start(target)
      if (client.unclean && target.name === 'orders') checks.forget()
      if (client.lostTail) notices.add('logDamaged', {})
      if (target.name === 'orders') await adoptCalls(client, client.toAdopt ? await keys() : [])
      return client
    },
    service({ databases, accounts, settings, sync }) {
      keys = () => keysOf(accounts)
      const realIds = () => accounts.list().flatMap(({ id, practice }) => (practice ? [] : [id]))
      const repair = () => sync.repairAll(realIds())
      keeper.onMended(() => void repair())
      keeper.onSuspected((name) => {
        const again = name === 'orders' ? databases.real() : databases.practice()
        again.catch((thrown: unknown) => log.warn('damaged data', thrown))
      })
      const stopSyncs = () => Promise.all(realIds().map((id) => sync.cancel(id)))
      const restorer = new Restorer({ dataFolder, store, vault, databases, damage, upkeep, now, stopSyncs })
      return new BackupService({
        dataFolder,
        folder,
        checks,
        keeper,
        restorer,
        store,
        vault,
        databases,
        upkeep,
        now,
        repair,
        log,
        recoveryCode: options.recoveryCode,
        configReplaced() {
          accounts.replaced()
          settings.replaced()
        },
      })
    },
  }
}

/** Accounts whose key cannot be had at the moment are left out. */
async function keysOf(accounts: AccountService): Promise<KeyOfAccount[]> {
  const real = accounts.list().filter(({ practice }) => !practice)
  const found = await Promise.allSettled(real.map(({ id }) => accounts.credentials(id)))
  return found.flatMap((result) =>
    result.status === 'fulfilled' && result.value.key !== ''
      ? [{ accountId: result.value.id, key: result.value.key }]
      : [],
  )
}

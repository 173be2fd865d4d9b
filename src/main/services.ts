import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AccountDatabases, type AccountDatabasesOptions } from './account-databases.ts'
import { AccountService } from './accounts/account-service.ts'
import { BackfillAnswers } from './accounts/backfill-answers.ts'
import { ClockCorrections } from './accounts/clock-corrections.ts'
import { FollowUpSwitches } from './accounts/follow-up-switches.ts'
import type { PracticeGatewayKeeper } from './accounts/practice-gateway-keeper.ts'
import type { BackupService } from './backup/backup-service.ts'
import { createBackups } from './backup/create-backups.ts'
import type { Keychain } from './credentials/keychain.ts'
import { takePassphrase, takeRecoveryCode } from './credentials/passphrase.ts'
import { VaultFile } from './credentials/vault-file.ts'
import { Vault } from './credentials/vault.ts'
import type { Log } from './log/log.ts'
import type { Upkeep } from './processes/upkeep-client.ts'
import { ReceiverService } from './receiver/receiver-service.ts'
import { ReceiverSettingsStore } from './receiver/receiver-settings.ts'
import { ReplyPurge } from './reply-purge.ts'
import { ConfigStore } from './settings/config-store.ts'
import { Notices } from './settings/notices.ts'
import { SettingsService } from './settings/settings-service.ts'
import { ClockNotice } from './sync/clock-notice.ts'
import { FollowUpService } from './sync/follow-up/follow-up-service.ts'
import { SyncService } from './sync/sync-service.ts'

/** What differs between the window, the command line and the tests. */
export interface ServicesOptions {
  readonly dataFolder: string
  readonly clock: { now(): number }
  readonly fetch: typeof globalThis.fetch
  readonly keychain: Keychain
  /** Its HAOKA_PASSPHRASE and HAOKA_RECOVERY_CODE are read and taken out. */
  readonly environment: NodeJS.ProcessEnv
  /** As the system names it: zh-CN, en-GB, zh_TW. */
  readonly systemLocale: string
  readonly startDatabase: AccountDatabasesOptions['start']
  /** Asks a database process of its own that opens no vault. */
  readonly upkeep: Upkeep
  readonly practice: PracticeGatewayKeeper
  /** The least time between a reply's beginning and the next call of the same key, in ms. */
  readonly throttleIntervalMs: number
  /** What tests make smaller: the waits before orders of pushes are looked for, in ms. */
  readonly receiver?: { readonly readDelayMs: number; readonly readGapMs: number }
  readonly log: Log
}

/** The parts that the window and the command line share, wired once. Nothing is started but what is asked for. */
export interface Services {
  readonly notices: Notices
  readonly settings: SettingsService
  readonly vault: Vault
  readonly databases: AccountDatabases
  readonly backups: BackupService
  readonly accounts: AccountService
  readonly sync: SyncService
  readonly followUp: FollowUpService
  readonly receiver: ReceiverService
  /** Opens the vault where that asks nothing of anybody. After Electron's `ready`: before it there is no keychain. */
  start(): Promise<void>
  /** After the computer slept: asks again what was cut off, and tells every state anew: days may have turned. */
  woke(): Promise<void>
  /** Ends the database processes cleanly, then the practice gateway. */
  stop(): Promise<void>
}

export function createServices(options: ServicesOptions): Services {
  const { dataFolder, clock, log } = options
  const now = (): number => clock.now()
  const notices = new Notices()
  const store = new ConfigStore({
    dataFolder,
    now,
    onSetAside: (file, restored) => {
      log.warn(`config.json was set aside as ${file}, the last good copy ${restored ? 'took its place' : 'is missing'}`)
      notices.add('settingsSetAside', { file, restored: String(restored) })
    },
  })
  const settings = new SettingsService(store, options.systemLocale)
  const vault = new Vault({
    file: new VaultFile(dataFolder, {
      now,
      onSetAside: (file) => notices.add('settingsSetAside', { file }),
    }),
    keychain: options.keychain,
    passphrase: takePassphrase(options.environment),
    dataExists: () => existsSync(join(dataFolder, 'orders.db')),
  })
  const { upkeep, startDatabase } = options
  const recoveryCode = takeRecoveryCode(options.environment)
  const opening = createBackups({ dataFolder, now, store, vault, notices, upkeep, startDatabase, recoveryCode, log })
  const databases = new AccountDatabases({
    dataFolder,
    vault,
    start: opening.start,
    isPractice: (accountId) => store.account(accountId).practice,
  })
  const accounts = new AccountService({
    store,
    vault,
    databases,
    practice: options.practice,
    clock,
    locale: () => settings.get().locale,
  })
  vault.onChanged(() => accounts.sealPlain())
  const corrections = new ClockCorrections(store)
  const sync: SyncService = new SyncService({
    database: (accountId) => databases.forAccount(accountId),
    credentials: async (accountId) => receiver.withAddress(await accounts.credentials(accountId)),
    fetch: options.fetch,
    clock,
    throttleIntervalMs: options.throttleIntervalMs,
    log,
    keptCorrection: (accountId) => corrections.of(accountId),
    backfillAnswered: new BackfillAnswers(store),
  })
  const receiver: ReceiverService = new ReceiverService({
    settings: new ReceiverSettingsStore(store),
    accounts,
    databases,
    sync,
    log,
    ...options.receiver,
  })
  const followUp = new FollowUpService({
    sync,
    database: (accountId) => databases.forAccount(accountId),
    credentials: (accountId) => accounts.credentials(accountId),
    switches: new FollowUpSwitches(store),
  })
  const backups = opening.service({ databases, accounts, settings, sync })
  const purge = new ReplyPurge({ databases, keepDays: () => settings.get().keepRepliesDays, log })
  sync.onChanged((state) => void purge.after(state))
  const isPractice = (accountId: string): boolean => store.account(accountId).practice
  const clockNotice = new ClockNotice({ notices, isPractice, clock, log })
  sync.onChanged((state) => clockNotice.after(state))
  sync.onChanged((state) => corrections.after(state))
  return {
    notices,
    settings,
    vault,
    databases,
    backups,
    accounts,
    sync,
    followUp,
    receiver,
    async start() {
      // Before anything is read: another vault and other accounts may be about to take their places.
      if (existsSync(join(dataFolder, 'orders.restore.json')))
        await upkeep('restore.finish', { folder: dataFolder, name: 'orders' })
      store.read()
      await vault.start()
      accounts.sealPlain()
    },
    async woke() {
      await sync.repairAll(accounts.list().map(({ id }) => id))
    },
    async stop() {
      backups.stop()
      await receiver.stop()
      await databases.close()
      await options.practice.stop()
    },
  }
}

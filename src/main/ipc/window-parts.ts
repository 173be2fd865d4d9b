import type { AccountDatabases } from '../account-databases.ts'
import type { AccountService } from '../accounts/account-service.ts'
import type { BackupService } from '../backup/backup-service.ts'
import type { Vault } from '../credentials/vault.ts'
import type { BackupDesk } from '../window/backup-desk.ts'
import type { Desk } from '../window/desk.ts'
import type { ExportService } from '../exports/export-service.ts'
import type { MappingFiles } from '../mapping/mapping-files.ts'
import type { PracticeService } from '../practice/practice-service.ts'
import type { ReceiverService } from '../receiver/receiver-service.ts'
import type { Notices } from '../settings/notices.ts'
import type { SettingsService } from '../settings/settings-service.ts'
import type { StatisticsFiles } from '../statistics/statistics-files.ts'
import type { FollowUpService } from '../sync/follow-up/follow-up-service.ts'
import type { SyncService } from '../sync/sync-service.ts'

/** What the window's handlers call. */
export interface WindowParts {
  readonly accounts: AccountService
  readonly backups: BackupService
  readonly backupDesk: BackupDesk
  readonly databases: AccountDatabases
  readonly desk: Desk
  readonly exports: ExportService
  readonly followUp: FollowUpService
  readonly mappingFiles: MappingFiles
  readonly notices: Notices
  readonly practice: PracticeService
  readonly receiver: ReceiverService
  readonly settings: SettingsService
  readonly statisticsFiles: StatisticsFiles
  readonly sync: SyncService
  readonly vault: Vault
}

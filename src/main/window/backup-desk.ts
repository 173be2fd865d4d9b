import path from 'node:path'
import { app, dialog, type BrowserWindow } from 'electron'
import type { ChosenBackup } from '#shared/contract/backups.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { AppError } from '#shared/errors.ts'
import { translate } from '#shared/locales/index.ts'
import { backupEnding } from '../backup/backup-folder.ts'
import type { BackupService } from '../backup/backup-service.ts'
import { localStamp } from '../settings/durable-file.ts'

export interface BackupDeskOptions {
  readonly window: () => BrowserWindow | null
  readonly backups: Pick<BackupService, 'inspect' | 'pathOf' | 'writeTo'>
  readonly locale: () => Locale
  readonly clock: { now(): number }
}

/** Asks the merchant for files; their paths never reach the page. */
export class BackupDesk {
  readonly #options: BackupDeskOptions
  #chosen: string | null = null

  constructor(options: BackupDeskOptions) {
    this.#options = options
  }

  /** False where the merchant cancelled. */
  async saveAs(): Promise<boolean> {
    const { backups, clock } = this.#options
    const window = this.#options.window()
    const name = `haoka-desk-${localStamp(new Date(clock.now()))}${backupEnding}`
    const options = {
      title: this.#word('save'),
      defaultPath: path.join(app.getPath('documents'), name),
      filters: this.#filters(),
    }
    const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
    if (answer.canceled || answer.filePath === '') return false
    // Some systems' dialogs return what was typed, without the ending; a file without it could not be chosen again.
    const named = answer.filePath.endsWith(backupEnding) ? answer.filePath : `${answer.filePath}${backupEnding}`
    await backups.writeTo(named)
    return true
  }

  /** Null where the merchant cancelled. Throws notABackup, backupDamaged, databaseNewer. */
  async choose(): Promise<ChosenBackup | null> {
    const window = this.#options.window()
    const options = { title: this.#word('choose'), filters: this.#filters(), properties: ['openFile' as const] }
    const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
    const [file] = answer.filePaths
    if (answer.canceled || file === undefined) return null
    const chosen = await this.#options.backups.inspect(file)
    this.#chosen = file
    return chosen
  }

  /** A kept backup by its name; null: the file chosen last. Throws notABackup. */
  fileOf(kept: string | null): string {
    if (kept !== null) return this.#options.backups.pathOf(kept)
    if (this.#chosen === null) throw new AppError('notABackup', 'no file was chosen')
    return this.#chosen
  }

  #word(key: string): string {
    return translate(this.#options.locale(), `native.backup.${key}`)
  }

  #filters() {
    return [{ name: this.#word('files'), extensions: [backupEnding.slice(1)] }]
  }
}

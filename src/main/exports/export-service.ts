import path from 'node:path'
import { app, dialog, shell, type BrowserWindow } from 'electron'
import type { z } from 'zod'
import type { ExportFormat, ExportProgress, exportRoutes } from '#shared/contract/exports.ts'
import type { Locale } from '#shared/contract/settings.ts'
import type { DatabaseEvents, DatabaseRoutes } from '#shared/database/contract.ts'
import { translate } from '#shared/locales/index.ts'
import type { CallContext, Client, OutputOf } from '#shared/rpc/route.ts'
import type { WindowMemory } from '../window/window-memory.ts'
import { exportFileName, historyFileName, withEnding } from './export-file-name.ts'
import { exportWords } from './export-words.ts'

type ExportInput = z.output<(typeof exportRoutes)['exports.start']['input']>
type ExportOutput = OutputOf<(typeof exportRoutes)['exports.start']>

export interface ExportParts {
  window(): BrowserWindow | null
  database(accountId: string): Promise<Client<DatabaseRoutes, DatabaseEvents>>
  accountLabel(accountId: string): string
  locale(): Locale
  /** The language of the files. */
  exportLocale(): Locale
  /** The merchant wants to see the folder when a file is there. */
  opensFolder(): boolean
  readonly memory: WindowMemory
  readonly clock: { now(): number }
}

const nothingWritten = { rows: 0, changes: 0, outsideGbk: 0, shortened: 0 }

/** Exports of the window: main asks where, the database process writes. */
export class ExportService {
  readonly #parts: ExportParts
  #lastFile: string | null = null

  constructor(parts: ExportParts) {
    this.#parts = parts
  }

  /** Throws diskFull, fileInUse, folderGone, fileNotWritable, cancelled. */
  async start(input: ExportInput, context: CallContext<ExportProgress>): Promise<ExportOutput> {
    const accountLabel = this.#parts.accountLabel(input.filter.accountId)
    const file = await this.#askWhere(accountLabel, input.format)
    if (file === null) return { ...nothingWritten, file: null, historyFile: null }
    const locale = this.#parts.exportLocale()
    const historyFile = input.history && input.format === 'csv' ? historyFileName(locale, file) : null
    const database = await this.#parts.database(input.filter.accountId)
    const result = await database.call(
      'exports.write',
      { ...input, words: exportWords(locale), accountLabel, file, historyFile },
      { signal: context.signal, onProgress: context.progress },
    )
    this.#lastFile = file
    if (this.#parts.opensFolder()) this.showLast()
    return { ...result, file, historyFile }
  }

  showLast(): { shown: boolean } {
    if (this.#lastFile === null) return { shown: false }
    shell.showItemInFolder(this.#lastFile)
    return { shown: true }
  }

  async #askWhere(accountLabel: string, format: ExportFormat): Promise<string | null> {
    const { memory, clock } = this.#parts
    const locale = this.#parts.locale()
    const folder = memory.get().exportFolder ?? app.getPath('documents')
    const options = {
      title: translate(locale, 'native.exportTitle'),
      defaultPath: path.join(folder, exportFileName(locale, accountLabel, clock.now(), format)),
      filters: [{ name: translate(locale, `native.${format}Files`), extensions: [format] }],
    }
    const window = this.#parts.window()
    const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
    if (answer.canceled || answer.filePath === '') return null
    const file = withEnding(answer.filePath, format)
    memory.remember({ exportFolder: path.dirname(file) })
    return file
  }
}

import path from 'node:path'
import { app, dialog, shell, type BrowserWindow } from 'electron'
import type { ExportProgress, exportRoutes } from '#shared/contract/exports.ts'
import type { Locale } from '#shared/contract/settings.ts'
import type { DatabaseEvents, DatabaseRoutes } from '#shared/database/contract.ts'
import { translate } from '#shared/locales/index.ts'
import type { CallContext, Client, InputOf, OutputOf } from '#shared/rpc/route.ts'
import type { WindowMemory } from '../window/window-memory.ts'
import { exportFileName } from './export-file-name.ts'
import { exportWords } from './export-words.ts'

type ExportInput = InputOf<(typeof exportRoutes)['exports.start']>
type ExportOutput = OutputOf<(typeof exportRoutes)['exports.start']>

export interface ExportParts {
  window(): BrowserWindow | null
  database(accountId: string): Promise<Client<DatabaseRoutes, DatabaseEvents>>
  accountLabel(accountId: string): string
  locale(): Locale
  /** The language of the files. */
  exportLocale(): Locale
  readonly memory: WindowMemory
  readonly clock: { now(): number }
}

/** Exports of the window: main asks where, the database process writes. */
export class ExportService {
  readonly #parts: ExportParts
  #lastFile: string | null = null

  constructor(parts: ExportParts) {
    this.#parts = parts
  }

  /** Throws diskFull, fileNotWritable, cancelled. */
  async start(input: ExportInput, context: CallContext<ExportProgress>): Promise<ExportOutput> {
    const accountLabel = this.#parts.accountLabel(input.filter.accountId)
    const file = await this.#askWhere(accountLabel)
    if (file === null) return { rows: 0, changes: 0, outsideGbk: 0, shortened: 0, file: null, historyFile: null }
    const database = await this.#parts.database(input.filter.accountId)
    const words = exportWords(this.#parts.exportLocale())
    const result = await database.call(
      'exports.write',
      { ...input, words, accountLabel, file },
      { signal: context.signal, onProgress: context.progress },
    )
    this.#lastFile = file
    return { ...result, file, historyFile: null }
  }

  showLast(): { shown: boolean } {
    if (this.#lastFile === null) return { shown: false }
    shell.showItemInFolder(this.#lastFile)
    return { shown: true }
  }

  async #askWhere(accountLabel: string): Promise<string | null> {
    const { memory, clock } = this.#parts
    const locale = this.#parts.locale()
    const folder = memory.get().exportFolder ?? app.getPath('documents')
    const options = {
      title: translate(locale, 'native.exportTitle'),
      defaultPath: path.join(folder, exportFileName(locale, accountLabel, clock.now())),
      filters: [{ name: translate(locale, 'native.csvFiles'), extensions: ['csv'] }],
    }
    const window = this.#parts.window()
    const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
    if (answer.canceled || answer.filePath === '') return null
    const file = path.extname(answer.filePath) === '' ? `${answer.filePath}.csv` : answer.filePath
    memory.remember({ exportFolder: path.dirname(file) })
    return file
  }
}

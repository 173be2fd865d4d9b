import path from 'node:path'
import { app, dialog, shell, type BrowserWindow } from 'electron'
import type { Locale } from '#shared/contract/settings.ts'
import type { StatisticsQuery } from '#shared/contract/statistics.ts'
import type { DatabaseEvents, DatabaseRoutes } from '#shared/database/contract.ts'
import { translate } from '#shared/locales/index.ts'
import type { Client } from '#shared/rpc/route.ts'
import { writeFileDurably } from '../settings/durable-file.ts'
import type { WindowMemory } from '../window/window-memory.ts'
import { statisticsCsv } from './statistics-csv.ts'
import { statisticsFileName } from './statistics-file-name.ts'

export interface StatisticsFilesParts {
  window(): BrowserWindow | null
  database(accountId: string): Promise<Client<DatabaseRoutes, DatabaseEvents>>
  accountLabel(accountId: string): string
  locale(): Locale
  readonly memory: WindowMemory
  readonly clock: { now(): number }
}

/** Statistics as files of the merchant's choice; each is there whole or not at all. */
export class StatisticsFiles {
  readonly #parts: StatisticsFilesParts
  #lastFile: string | null = null

  constructor(parts: StatisticsFilesParts) {
    this.#parts = parts
  }

  /** null: the merchant closed the dialog. Throws diskFull, fileNotWritable. */
  async saveFigures(query: StatisticsQuery): Promise<string | null> {
    const file = await this.#askWhere(query.accountId, 'csv')
    if (file === null) return null
    const database = await this.#parts.database(query.accountId)
    const statistics = await database.call('statistics.read', query)
    return this.#write(file, statisticsCsv(statistics, this.#parts.locale()))
  }

  /** null: the merchant closed the dialog. Throws diskFull, fileNotWritable. */
  async savePicture({ accountId, png }: { accountId: string; png: Uint8Array }): Promise<string | null> {
    const file = await this.#askWhere(accountId, 'png')
    return file === null ? null : this.#write(file, png)
  }

  showLast(): { shown: boolean } {
    if (this.#lastFile === null) return { shown: false }
    shell.showItemInFolder(this.#lastFile)
    return { shown: true }
  }

  #write(file: string, content: string | Uint8Array): string {
    writeFileDurably(file, content)
    this.#lastFile = file
    return file
  }

  async #askWhere(accountId: string, extension: 'csv' | 'png'): Promise<string | null> {
    const { memory, clock, accountLabel } = this.#parts
    const locale = this.#parts.locale()
    const folder = memory.get().exportFolder ?? app.getPath('documents')
    const words = extension === 'csv' ? 'statistics.file.tables' : 'statistics.file.pictures'
    const options = {
      title: translate(locale, 'statistics.file.title'),
      defaultPath: path.join(folder, statisticsFileName(locale, accountLabel(accountId), clock.now(), extension)),
      filters: [{ name: translate(locale, words), extensions: [extension] }],
    }
    const window = this.#parts.window()
    const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
    if (answer.canceled || answer.filePath === '') return null
    const { filePath } = answer
    memory.remember({ exportFolder: path.dirname(filePath) })
    return path.extname(filePath) === '' ? `${filePath}.${extension}` : filePath
  }
}

import { readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { app, dialog, type BrowserWindow, type FileFilter } from 'electron'
import type { MappingRules, mappingRoutes } from '#shared/contract/mapping.ts'
import type { Locale } from '#shared/contract/settings.ts'
import { AppError } from '#shared/errors.ts'
import { translate } from '#shared/locales/index.ts'
import type { InputOf } from '#shared/rpc/route.ts'
import type { WindowMemory } from '../window/window-memory.ts'
import { mappingFileBytes, readMapping, writeMapping } from './mapping-file.ts'

export interface MappingFilesParts {
  window(): BrowserWindow | null
  accountLabel(accountId: string): string
  locale(): Locale
  readonly memory: WindowMemory
}

/** Mappings as files of the merchant's choice. */
export class MappingFiles {
  readonly #parts: MappingFilesParts

  constructor(parts: MappingFilesParts) {
    this.#parts = parts
  }

  /** null: the merchant closed the dialog. Throws fileNotWritable. */
  async export({ accountId, type, rules }: InputOf<(typeof mappingRoutes)['mapping.export']>): Promise<string | null> {
    const label = this.#parts.accountLabel(accountId)
    const name = this.#word('native.mappingFileName', { account: label.replaceAll(/[\\/:*?"<>|]/g, '_') })
    const options = {
      title: this.#word('native.mappingExportTitle'),
      defaultPath: path.join(this.#folder(), `${name}.json`),
      filters: this.#filters(),
    }
    const window = this.#parts.window()
    const answer = window === null ? await dialog.showSaveDialog(options) : await dialog.showSaveDialog(window, options)
    if (answer.canceled || answer.filePath === '') return null
    const file = path.extname(answer.filePath) === '' ? `${answer.filePath}.json` : answer.filePath
    await writeFile(file, writeMapping(type, rules)).catch((cause: unknown) => {
      throw new AppError('fileNotWritable', 'the mapping could not be written', { cause })
    })
    this.#parts.memory.remember({ exportFolder: path.dirname(file) })
    return file
  }

  /** null: the merchant closed the dialog. Throws mappingInvalid. */
  async import(): Promise<MappingRules | null> {
    const options = {
      title: this.#word('native.mappingImportTitle'),
      defaultPath: this.#folder(),
      filters: this.#filters(),
      properties: ['openFile' as const],
    }
    const window = this.#parts.window()
    const answer = window === null ? await dialog.showOpenDialog(options) : await dialog.showOpenDialog(window, options)
    const [file] = answer.filePaths
    if (answer.canceled || file === undefined) return null
    const { size } = await stat(file)
    // Whatever it is, it is no mapping; and it is not read whole to find that out.
    if (size > mappingFileBytes)
      throw new AppError('mappingInvalid', 'too large', { data: { problem: 'mappingTooLarge', at: '' } })
    return readMapping(await readFile(file, 'utf8'))
  }

  #folder(): string {
    return this.#parts.memory.get().exportFolder ?? app.getPath('documents')
  }

  #filters(): FileFilter[] {
    return [{ name: this.#word('native.mappingFiles'), extensions: ['json'] }]
  }

  #word(key: string, values: Record<string, string> = {}): string {
    return translate(this.#parts.locale(), key, values)
  }
}

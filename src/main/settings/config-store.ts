import { existsSync } from 'node:fs'
import { join } from 'node:path'
import ElectronStore from 'electron-store'
import { AppError } from '#shared/errors.ts'
import { asFileError, readJson, setAside, writeFileDurably } from './durable-file.ts'
import { configDocumentSchema, emptyConfig, type ConfigDocument, type StoredAccount } from './config-document.ts'

export interface ConfigStoreOptions {
  readonly dataFolder: string
  readonly now: () => number
  /** Told the name a broken file was set aside under, and whether the last good copy took its place. */
  readonly onSetAside: (file: string, restored: boolean) => void
}

/**
 * config.json through electron-store, validated as a whole at every reading. electron-store writes to a temporary
 * file, syncs it and renames. A truncated, foreign or schema-breaking file is set aside and never stops the app; the
 * copy of the last good one takes its place, because orders hang on the accounts' ids.
 */
export class ConfigStore {
  readonly #options: ConfigStoreOptions
  readonly #path: string
  readonly #copy: string

  constructor(options: ConfigStoreOptions) {
    this.#options = options
    this.#path = join(options.dataFolder, 'config.json')
    this.#copy = join(options.dataFolder, 'config.copy.json')
  }

  /** Read from disk each time: a command without a window may have written since. */
  read(): ConfigDocument {
    if (!existsSync(this.#path)) return emptyConfig
    const parsed = configDocumentSchema.safeParse(readJson(this.#path))
    return parsed.success ? parsed.data : this.#replaceBroken()
  }

  /** Throws accountNotFound. */
  account(id: string): StoredAccount {
    const found = this.read().accounts.find((account) => account.id === id)
    if (found === undefined) throw new AppError('accountNotFound')
    return found
  }

  /** Reads, changes and writes in one go. Throws diskFull or fileNotWritable. */
  update(change: (document: ConfigDocument) => ConfigDocument): ConfigDocument {
    const document = configDocumentSchema.parse(change(this.read()))
    this.#write(document)
    return document
  }

  #replaceBroken(): ConfigDocument {
    const file = setAside(this.#path, this.#options.now())
    const copy = configDocumentSchema.safeParse(readJson(this.#copy))
    if (copy.success) this.#write(copy.data)
    this.#options.onSetAside(file, copy.success)
    return copy.success ? copy.data : emptyConfig
  }

  #write(document: ConfigDocument): void {
    try {
      const store = new ElectronStore<ConfigDocument>({
        cwd: this.#options.dataFolder,
        accessPropertiesByDotNotation: false,
        configFileMode: 0o600,
      })
      store.store = document
    } catch (error) {
      throw asFileError(error)
    }
    writeFileDurably(this.#copy, JSON.stringify(document))
  }
}

import { defaultExportColumns } from '#domain/vocabulary.ts'
import { settingsSchema, type Locale, type Settings } from '#shared/contract/settings.ts'
import { Listeners } from '../listeners.ts'
import type { ConfigStore } from './config-store.ts'

/** What the merchant chose, over defaults for the rest. */
export class SettingsService {
  readonly #store: ConfigStore
  readonly #defaults: Settings
  readonly #changed = new Listeners<Settings>()

  constructor(store: ConfigStore, systemLocale: string) {
    this.#store = store
    this.#defaults = {
      locale: localeFor(systemLocale),
      theme: 'system',
      keepRepliesDays: 180,
      exportColumns: [...defaultExportColumns],
      exportPlain: false,
      exportFormat: 'csv',
      exportEncoding: 'utf8',
      exportDelimiter: 'comma',
      exportMasked: false,
      exportHistory: false,
      exportOpensFolder: true,
      exportColumnSets: [],
      selectedAccountId: null,
      rowHeight: 'normal',
      ordersView: null,
    }
  }

  get(): Settings {
    return settingsSchema.parse({ ...this.#defaults, ...this.#store.read().settings })
  }

  /**
   * The language of exported files: the headings that merchants and their tables know are Chinese on any system, unless
   * the merchant chose a language.
   */
  exportLocale(): Locale {
    return this.#store.read().settings.locale ?? 'zh-CN'
  }

  set(change: { [Name in keyof Settings]?: Settings[Name] | undefined }): Settings {
    const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
    this.#store.update((document) => ({ ...document, settings: { ...document.settings, ...given } }))
    const settings = this.get()
    this.#changed.tell(settings)
    return settings
  }

  /** A restore put other settings in their place. */
  replaced(): void {
    this.#changed.tell(this.get())
  }

  onChanged(listener: (settings: Settings) => void): () => void {
    return this.#changed.add(listener)
  }
}

/** Chinese for every Chinese system (zh, zh-TW, zh_CN.UTF-8), English for all others. */
export function localeFor(systemLocale: string): Locale {
  return systemLocale.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en'
}

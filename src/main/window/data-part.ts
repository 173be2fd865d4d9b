import { app, dialog, type BrowserWindow } from 'electron'
import { toAppError, type AppError } from '#shared/errors.ts'
import { translate } from '#shared/locales/index.ts'
import type { Log } from '../log/log.ts'
import type { Part } from '../parts.ts'
import type { Services } from '../services.ts'

/** How long quitting waits for replies that are being received and merged. What is cut off is repaired next time. */
const quitWaitMs = 30_000

export interface DataPartOptions {
  readonly services: Services
  readonly dataFolder: string
  /** Make the practice account at once; the page then syncs it. */
  readonly practiceProfile: boolean
  readonly window: () => BrowserWindow | null
  readonly log: Log
}

/** What the window does by itself: opens the databases beside the page's loading, repairs, and makes the practice account. */
export class DataPart implements Part {
  readonly name = 'data'
  readonly #options: DataPartOptions
  #stopListening: () => void = () => undefined

  constructor(options: DataPartOptions) {
    this.#options = options
  }

  start(): void {
    this.#stopListening = this.#options.services.vault.onChanged(({ locked, protection }) => {
      if (!locked && protection !== 'none') void this.#openAndRepair()
    })
    void this.#openAndRepair()
    if (this.#options.practiceProfile) void this.#practise()
  }

  /** Asks for no further calls, lets the running ones be received and merged, and waits no longer than is bearable. */
  async stop(): Promise<void> {
    this.#stopListening()
    const { accounts, sync } = this.#options.services
    const ended = Promise.all(accounts.list().map(({ id }) => sync.cancel(id)))
    const patience = new Promise((resolve) => setTimeout(resolve, quitWaitMs).unref())
    await Promise.race([ended, patience])
  }

  async #openAndRepair(): Promise<void> {
    const { accounts, databases, receiver, sync, vault } = this.#options.services
    const { locked, protection } = vault.state()
    const openable = accounts.list().filter(({ practice }) => practice || (!locked && protection !== 'none'))
    try {
      await Promise.all(openable.map(({ id }) => databases.forAccount(id)))
      await receiver.startAll()
      await sync.repairAll(openable.map(({ id }) => id))
    } catch (thrown) {
      await this.#tell(toAppError(thrown))
    }
  }

  async #practise(): Promise<void> {
    const { accounts, settings } = this.#options.services
    try {
      const { id } = await accounts.addPractice()
      settings.set({ selectedAccountId: id })
    } catch (thrown) {
      await this.#tell(toAppError(thrown))
    }
  }

  /** A folder in use leaves nothing to do here. Everything else the page meets at its own calls, with what to do. */
  async #tell(error: AppError): Promise<void> {
    const { log, services, dataFolder, window } = this.#options
    log.error('opening the data', error)
    if (error.code !== 'dataFolderInUse') return
    const { locale } = services.settings.get()
    const word = (key: string): string => translate(locale, `native.dataFolderInUse.${key}`, { folder: dataFolder })
    const box = { type: 'error' as const, message: word('title'), detail: word('body'), buttons: [word('quit')] }
    const parent = window()
    await (parent === null ? dialog.showMessageBox(box) : dialog.showMessageBox(parent, box))
    app.quit()
  }
}

import { app, dialog, Menu, nativeTheme, type BrowserWindow } from 'electron'
import { translate } from '#shared/locales/index.ts'
import { windowHandlers } from '../ipc/handlers/index.ts'
import { serveWindow, type WindowCalls } from '../ipc/window-calls.ts'
import type { WindowParts } from '../ipc/window-parts.ts'
import type { Log } from '../log/log.ts'
import { applicationMenu, offerContextMenu } from '../menu.ts'
import type { Part } from '../parts.ts'
import { forwardEvents } from '../ipc/forward-events.ts'
import { openMainWindow } from './main-window.ts'
import type { WindowMemory } from './window-memory.ts'

/** Chromium's ERR_ABORTED: another load took this one's place, nothing is broken. */
const abortedLoad = -3

export interface WindowPartOptions extends WindowParts {
  readonly memory: WindowMemory
  readonly preload: string
  readonly devServerUrl: string | null
  readonly practiceProfile: boolean
  /** Calls of the page wait for it: until then nobody knows whether the vault opens by itself. */
  readonly ready: Promise<void>
  readonly log: Log
}

/** The window with its menus and its calls. */
export class WindowPart implements Part {
  readonly name = 'window'
  readonly #options: WindowPartOptions
  #window: BrowserWindow | null = null
  #calls: WindowCalls | null = null
  #stopForwarding: () => void = () => undefined

  constructor(options: WindowPartOptions) {
    this.#options = options
  }

  window(): BrowserWindow | null {
    return this.#window
  }

  /** In front of everything else, also where it was minimised. */
  show(): void {
    const window = this.#window
    if (window === null || window.isDestroyed()) return
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  start(): void {
    const { settings, memory, preload, devServerUrl, log } = this.#options
    nativeTheme.themeSource = settings.get().theme
    this.#setMenu()
    const window = openMainWindow({
      title: this.#title(),
      memory,
      preload,
      devServerUrl,
      devTools: !app.isPackaged,
      onError: (error) => log.warn('the window', error),
    })
    this.#window = window
    this.#calls = serveWindow(window, windowHandlers(this.#options), this.#options)
    this.#stopForwarding = forwardEvents(this.#options, this.#calls.tell)
    settings.onChanged(({ theme }) => {
      nativeTheme.themeSource = theme
      this.#setMenu()
      window.setTitle(this.#title())
    })
    offerContextMenu(window, () => settings.get().locale)
    this.#guard(window)
  }

  stop(): void {
    const window = this.#window
    this.#stopForwarding()
    this.#calls?.close()
    if (window === null || window.isDestroyed()) return
    this.#options.memory.remember({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
    window.destroy()
  }

  /** Closing the window quits the app, and quitting stops the parts first. A page that died is loaded anew, once. */
  #guard(window: BrowserWindow): void {
    const { log } = this.#options
    let deaths = 0
    window.on('close', (event) => {
      event.preventDefault()
      app.quit()
    })
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      log.error(`the page died: ${reason}`)
      if (++deaths === 1) window.reload()
      else this.#giveUp(reason)
    })
    window.webContents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
      if (isMainFrame && code !== abortedLoad) this.#giveUp(`${description} ${code}`)
    })
  }

  #giveUp(reason: string): void {
    const word = (key: string): string => translate(this.#options.settings.get().locale, key, { reason })
    dialog.showErrorBox(word('native.pageFailed.title'), word('native.pageFailed.body'))
    app.quit()
  }

  #title(): string {
    const { settings, practiceProfile } = this.#options
    return translate(settings.get().locale, practiceProfile ? 'native.practiceTitle' : 'native.appName')
  }

  #setMenu(): void {
    Menu.setApplicationMenu(applicationMenu(this.#options.settings.get().locale, process.platform === 'darwin'))
  }
}

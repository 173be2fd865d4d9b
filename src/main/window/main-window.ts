import { BrowserWindow, nativeTheme, screen } from 'electron'
import { bundleUrl } from '../protocol/bundle-path.ts'
import { backgrounds } from './background.ts'
import { fitBounds, minimumSize, type Bounds } from './bounds.ts'
import type { WindowMemory } from './window-memory.ts'

export interface MainWindowOptions {
  readonly title: string
  readonly preload: string
  readonly memory: WindowMemory
  readonly devServerUrl: string | null
  readonly devTools: boolean
  readonly onError: (error: unknown) => void
}

/** Opens the one window and loads the page. It is shown with its first paint, so nothing flashes. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const { bounds, maximized } = options.memory.get()
  const window = new BrowserWindow({
    ...fitBounds(bounds, workAreas()),
    minWidth: minimumSize.width,
    minHeight: minimumSize.height,
    title: options.title,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: currentBackground(),
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.devTools,
    },
  })
  window.on('page-title-updated', (event) => event.preventDefault())
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setBackgroundColor(currentBackground())
  })
  window.once('ready-to-show', () => {
    if (maximized) window.maximize()
    window.show()
  })
  window.loadURL(options.devServerUrl ?? bundleUrl).catch(options.onError)
  return window
}

function currentBackground(): string {
  return nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light
}

/** The screens' usable areas, the main screen first. */
function workAreas(): [Bounds, ...Bounds[]] {
  const primary = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id)
  return [primary.workArea, ...others.map((display) => display.workArea)]
}

import { ipcMain } from 'electron'
import ElectronStore from 'electron-store'

/**
 * electron-store listens on an IPC channel of its own, for stores in pages, and checks no sender. Ours lives in main
 * alone, so the channel is opened here, once, and closed for good. Call it after `ready`, before any window.
 */
export function closeStoreChannel(): void {
  ElectronStore.initRenderer()
  ipcMain.removeAllListeners('electron-store-get-data')
}

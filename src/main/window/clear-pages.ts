import type { App } from 'electron'

/**
 * Lets a page ask the engine to clear its heap (`--expose-gc`, named by `node --v8-options`): src/renderer/app/clear-at-rest.ts
 * says why and when. For pages only, main has long begun by now. Before Electron's `ready`.
 */
export function letPagesClearTheirHeap(app: App): void {
  app.commandLine.appendSwitch('js-flags', '--expose-gc')
}

import type { App } from 'electron'

/** Chromium's switch for flags of the engine in pages, and the flag (`node --v8-options` names it). */
export const clearableHeap = ['js-flags', '--expose-gc'] as const

/**
 * Lets a page ask the engine to clear its heap: src/renderer/app/clear-at-rest.ts says why and when. For pages only, main has long begun by now. Before Electron's `ready`.
 */
export function letPagesClearTheirHeap(app: App): void {
  app.commandLine.appendSwitch(...clearableHeap)
}

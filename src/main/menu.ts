import { Menu, type BrowserWindow, type MenuItemConstructorOptions } from 'electron'
import type { Locale } from '#shared/contract/settings.ts'
import { translate } from '#shared/locales/index.ts'

/**
 * The application menu. Ctrl+R belongs to the page (sync), so nothing here reloads. On Windows and Linux the bar is
 * hidden and only carries the keys of editing, zoom and closing; macOS expects its menus at the top of the screen.
 */
export function applicationMenu(locale: Locale, macOs: boolean): Menu {
  const word = (key: string): string => translate(locale, `native.menu.${key}`)
  const item = (role: NonNullable<MenuItemConstructorOptions['role']>, key: string = role) =>
    ({ role, label: word(key) }) satisfies MenuItemConstructorOptions
  const line = { type: 'separator' } as const
  const edit: MenuItemConstructorOptions = {
    label: word('edit'),
    submenu: [item('undo'), item('redo'), line, ...clipboard(item)],
  }
  const view: MenuItemConstructorOptions = {
    label: word('view'),
    submenu: [item('resetZoom'), item('zoomIn'), item('zoomOut'), line, item('togglefullscreen')],
  }
  if (!macOs) return Menu.buildFromTemplate([{ label: word('file'), submenu: [item('quit')] }, edit, view])
  const own: MenuItemConstructorOptions = {
    label: word('app'),
    submenu: [item('about'), line, item('hide'), item('hideOthers'), item('unhide'), line, item('quit')],
  }
  return Menu.buildFromTemplate([
    own,
    edit,
    view,
    { label: word('window'), submenu: [item('minimize'), item('close')] },
  ])
}

/** Cut, copy and paste on a right click, where there is something to act on. */
export function offerContextMenu(window: BrowserWindow, locale: () => Locale): void {
  window.webContents.on('context-menu', (_event, { isEditable, selectionText, editFlags }) => {
    const item = (role: NonNullable<MenuItemConstructorOptions['role']>, enabled: boolean) =>
      ({ role, enabled, label: translate(locale(), `native.menu.${role}`) }) satisfies MenuItemConstructorOptions
    const copy = item('copy', editFlags.canCopy)
    const editing = [item('cut', editFlags.canCut), copy, item('paste', editFlags.canPaste), item('selectAll', true)]
    if (isEditable) Menu.buildFromTemplate(editing).popup({ window })
    else if (selectionText.trim() !== '') Menu.buildFromTemplate([copy]).popup({ window })
  })
}

type Item = (role: NonNullable<MenuItemConstructorOptions['role']>) => MenuItemConstructorOptions

function clipboard(item: Item): MenuItemConstructorOptions[] {
  return [item('cut'), item('copy'), item('paste'), item('selectAll')]
}

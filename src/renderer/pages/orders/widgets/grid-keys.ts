/** What a key press on a cell asks of the grid. Plain arrows, page keys and Tab are the grid's own. */
export type GridAction =
  | { kind: 'go'; row: 'first' | 'last' | 'same'; column: 'first' | 'last' | 'same' }
  | { kind: 'extend'; by: number | 'page' | 'pageBack' | 'first' | 'last' }
  | { kind: 'toggle' | 'all' | 'copy' | 'copyRows' | 'open' | 'menu' | 'columnMenu' | 'escape' }

interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const extending: Readonly<Record<string, Extract<GridAction, { kind: 'extend' }>['by']>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: 'pageBack',
  PageDown: 'page',
}

/** The keys of a spreadsheet; null: the grid or the window does with it as they do. */
export function gridActionOf(press: Press): GridAction | null {
  const ctrl = press.ctrlKey || press.metaKey
  if (press.altKey) return press.key === 'ArrowDown' && !ctrl ? { kind: 'columnMenu' } : null
  if (press.key === 'Home' || press.key === 'End')
    return endKey(press.key === 'Home' ? 'first' : 'last', ctrl, press.shiftKey)
  if (ctrl) return withCtrl(press.key, press.shiftKey)
  if (press.shiftKey) return withShift(press.key)
  return alone[press.key] ?? null
}

const alone: Readonly<Record<string, GridAction>> = {
  ' ': { kind: 'toggle' },
  Enter: { kind: 'open' },
  Escape: { kind: 'escape' },
  ContextMenu: { kind: 'menu' },
}

function endKey(end: 'first' | 'last', ctrl: boolean, shift: boolean): GridAction | null {
  if (shift) return ctrl ? { kind: 'extend', by: end } : null
  return { kind: 'go', row: ctrl ? end : 'same', column: end }
}

function withShift(key: string): GridAction | null {
  const by = extending[key]
  if (by !== undefined) return { kind: 'extend', by }
  if (key === 'F10') return { kind: 'menu' }
  return key === ' ' ? { kind: 'toggle' } : null
}

function withCtrl(key: string, shift: boolean): GridAction | null {
  const letter = key.toLowerCase()
  if (letter === 'a' && !shift) return { kind: 'all' }
  if (letter === 'c') return { kind: shift ? 'copyRows' : 'copy' }
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const end = key === 'ArrowUp' ? 'first' : 'last'
    return shift ? { kind: 'extend', by: end } : { kind: 'go', row: end, column: 'same' }
  }
  return null
}

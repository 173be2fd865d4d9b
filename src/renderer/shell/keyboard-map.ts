import { pages } from '../stores/view.ts'

/** What a key press asks of the window. */
export type KeyAction =
  | { kind: 'page'; number: number }
  | { kind: 'search' | 'sync' | 'export' | 'revealAll' | 'close' | 'shortcuts' }

export interface KeyPress {
  key: string
  ctrl: boolean
  alt: boolean
  shift: boolean
  /** The focus is in a field where letters are typed. */
  typing: boolean
}

const withCtrl: Readonly<Record<string, KeyAction>> = {
  f: { kind: 'search' },
  r: { kind: 'sync' },
  e: { kind: 'export' },
}

/** The action of a key press, or null where the key belongs to whatever has the focus. */
export function actionOf(press: KeyPress, pageCount: number): KeyAction | null {
  if (press.alt) return null
  if (press.ctrl) return press.shift ? null : (withCtrl[press.key.toLowerCase()] ?? pageOf(press.key, pageCount))
  if (press.key === 'F4') return { kind: 'revealAll' }
  if (press.key === 'Escape') return { kind: 'close' }
  if ((press.key === '?' || press.key === '？') && !press.typing) return { kind: 'shortcuts' }
  return null
}

function pageOf(key: string, pageCount: number): KeyAction | null {
  const number = /^[1-9]$/.test(key) ? Number(key) : 0
  return number >= 1 && number <= pageCount ? { kind: 'page', number } : null
}

/** What `?` lists: the keys, and the key of the words for what they do. */
export const shortcuts: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ['Ctrl', 'F'], does: 'search' },
  { keys: ['Ctrl', 'R'], does: 'sync' },
  { keys: ['Ctrl', 'E'], does: 'export' },
  { keys: ['Ctrl', `1…${pages.length}`], does: 'pages' },
  { keys: ['↑', '↓'], does: 'rows' },
  { keys: ['Enter'], does: 'open' },
  { keys: ['Alt', '↑ ↓', 'K J'], does: 'beside' },
  { keys: ['F6'], does: 'intoOrder' },
  { keys: ['Ctrl', 'C'], does: 'copy' },
  { keys: ['F4'], does: 'revealAll' },
  { keys: ['Esc'], does: 'close' },
  { keys: ['?'], does: 'shortcuts' },
]

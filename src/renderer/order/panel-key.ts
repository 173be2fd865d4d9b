export type PanelKey = 'next' | 'previous' | 'focus' | 'close'

export interface PressedKey {
  readonly key: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
  readonly target: EventTarget | null
}

/** What a key asks of an open order; null: it is somebody else's. */
export function panelKey({
  key,
  altKey,
  ctrlKey,
  metaKey,
  shiftKey,
  isComposing,
  target,
}: PressedKey): PanelKey | null {
  if (isComposing || ctrlKey || metaKey || isInDialog(target)) return null
  if (altKey) return key === 'ArrowDown' ? 'next' : key === 'ArrowUp' ? 'previous' : null
  if (key === 'F6') return 'focus'
  if (shiftKey || isTyping(target)) return null
  if (key === 'j' || key === 'J') return 'next'
  return key === 'k' || key === 'K' ? 'previous' : null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** A dialog above the page has its keys to itself. */
function isInDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role=dialog]') !== null
}

import { pages, type useView } from '../stores/view.ts'
import { actionOf, type KeyAction } from './keyboard-map.ts'
import { useOrdersView } from '../stores/orders-view.ts'

/** Listens to the window's keys; returns the function that stops. */
export function useKeyboard(
  view: ReturnType<typeof useView>,
  run: { sync: () => void; export: () => void },
): () => void {
  const orders = useOrdersView()

  function act(action: KeyAction): void {
    if (action.kind === 'page') view.go(pages[action.number - 1] ?? 'orders')
    else if (action.kind === 'search') view.callSearch()
    else if (action.kind === 'sync') run.sync()
    else if (action.kind === 'export') run.export()
    else if (action.kind === 'revealAll') orders.toggleRevealAll(Date.now())
    else if (action.kind === 'shortcuts') view.shortcutsShown = true
  }

  function onKey(event: KeyboardEvent): void {
    const action = actionOf(
      {
        key: event.key,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        shift: event.shiftKey,
        typing: isTyping(event.target),
      },
      pages.length,
    )
    // Esc belongs to whatever is open: dialogs, the drawer and fields close themselves.
    if (action === null || action.kind === 'close') return
    event.preventDefault()
    if (!event.repeat) act(action)
  }

  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

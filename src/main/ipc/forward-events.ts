import type { Tell } from './window-calls.ts'
import type { WindowParts } from './window-parts.ts'

/** Tells the window what changes in main. Returns the function that stops it. */
export function forwardEvents(parts: WindowParts, tell: Tell): () => void {
  const stops = [
    parts.accounts.onChanged(() => tell('accounts.changed', {})),
    parts.databases.onOrdersChanged((change) => tell('orders.changed', change)),
    parts.databases.onStatisticsChanged((change) => tell('statistics.changed', change)),
    parts.sync.onChanged((state) => tell('sync.changed', state)),
    parts.settings.onChanged((settings) => tell('settings.changed', settings)),
    parts.vault.onChanged((state) => tell('vault.changed', state)),
    parts.backups.onChanged((state) => tell('backups.changed', state)),
    parts.receiver.onChanged((state) => tell('receiver.changed', state)),
    parts.notices.onChanged(() => tell('notices.changed', {})),
  ]
  return () => stops.forEach((stop) => stop())
}

import type { clipboardRoutes } from '#shared/contract/clipboard.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import { copyOrders } from '../../clipboard/copy-orders.ts'
import { exportWords } from '../../exports/export-words.ts'
import type { WindowParts } from '../window-parts.ts'

export function clipboardHandlers(parts: WindowParts): Handlers<typeof clipboardRoutes> {
  const { accounts, databases, desk, settings } = parts
  return {
    'orders.copy': async (order, { signal }) =>
      copyOrders(order, {
        database: await databases.forAccount(order.filter.accountId),
        words: exportWords(settings.get().locale),
        accountLabel: accounts.get(order.filter.accountId).label,
        write: (table) => desk.copyTable(table),
        signal,
      }),
  }
}

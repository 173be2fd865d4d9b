import type { orderRoutes } from '#shared/contract/orders.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

/** Orders are read where they lie: main only finds the right database. */
export function orderHandlers({ databases }: WindowParts): Handlers<typeof orderRoutes> {
  return {
    'orders.window': async (input, { signal }) =>
      (await databases.forAccount(input.filter.accountId)).call('orders.window', input, { signal }),
    'orders.counts': async (filter, { signal }) =>
      (await databases.forAccount(filter.accountId)).call('orders.counts', filter, { signal }),
    'orders.detail': async (input, { signal }) =>
      (await databases.forAccount(input.accountId)).call('orders.detail', input, { signal }),
  }
}

import type { viewRoutes } from '#shared/contract/views.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

/** Views lie with the orders they show: main only finds the right database. */
export function viewHandlers({ databases }: WindowParts): Handlers<typeof viewRoutes> {
  const of = ({ accountId }: { accountId: string }) => databases.forAccount(accountId)
  return {
    'views.list': async (input) => (await of(input)).call('views.list', input),
    'views.counts': async (input) => (await of(input)).call('views.counts', input),
    'views.save': async (input) => (await of(input)).call('views.save', input),
    'views.rename': async (input) => (await of(input)).call('views.rename', input),
    'views.remove': async (input) => (await of(input)).call('views.remove', input),
    'views.reorder': async (input) => (await of(input)).call('views.reorder', input),
    'views.setRule': async (input) => (await of(input)).call('views.setRule', input),
    'views.look': async (input) => (await of(input)).call('views.look', input),
  }
}

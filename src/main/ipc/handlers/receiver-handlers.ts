import type { receiverRoutes } from '#shared/contract/receiver.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function receiverHandlers({ receiver }: WindowParts): Handlers<typeof receiverRoutes> {
  return {
    'receiver.state': ({ accountId }) => receiver.state(accountId),
    'receiver.address': async ({ accountId }) => ({ address: await receiver.address(accountId) }),
    'receiver.set': ({ accountId, settings, confirmed }) => receiver.set(accountId, settings, confirmed),
    'receiver.renewAddress': ({ accountId }) => receiver.renewAddress(accountId),
    'receiver.test': ({ accountId }) => receiver.test(accountId),
    'receiver.pushes': (input) => receiver.pushes(input),
  }
}

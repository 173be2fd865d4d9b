import type { changesRoutes } from '#shared/contract/changes.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function changesHandlers({ databases }: WindowParts): Handlers<typeof changesRoutes> {
  const of = ({ accountId }: { accountId: string }) => databases.forAccount(accountId)
  return {
    'changes.page': async (input, { signal }) => (await of(input.filter)).call('changes.page', input, { signal }),
    'changes.transitions': async (input) => (await of(input)).call('changes.transitions', input),
    'changes.unread': async (input) => (await of(input)).call('changes.unread', input),
    'changes.visit': async (input) => (await of(input)).call('changes.visit', input),
    'changes.markRead': async (input) => (await of(input)).call('changes.markRead', input),
  }
}

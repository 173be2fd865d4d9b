import type { syncRoutes } from '#shared/contract/sync.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'

export function syncHandlers({ sync, followUp, databases }: WindowParts): Handlers<typeof syncRoutes> {
  return {
    'sync.start': async (input, context) => ({ runs: await sync.start(input, context) }),
    'sync.cancel': async ({ accountId }) => ({ cancelled: await sync.cancel(accountId) }),
    'sync.state': ({ accountId }) => sync.state(accountId),
    'sync.runs': async (input) => (await databases.forAccount(input.accountId)).call('runs.list', input),
    'sync.backfillCost': async ({ accountId, days }) => ({ calls: await sync.backfillCost(accountId, days) }),
    'sync.dismissBackfill': async ({ accountId }) => {
      await sync.dismissBackfill(accountId)
      return {}
    },
    'sync.resume': async ({ accountId }, context) => ({ runs: await sync.resume(accountId, context) }),
    'sync.dropUnread': async ({ accountId }) => {
      await sync.dropUnread(accountId)
      return {}
    },
    'sync.followUpState': ({ accountId }) => followUp.state(accountId),
    'sync.setFollowUp': ({ accountId, on }) => {
      followUp.setOn(accountId, on)
      return {}
    },
    'sync.followUp': async ({ accountId }, context) => ({ runs: await followUp.round(accountId, 'all', context) }),
    'sync.reconcile': ({ accountId }, context) => followUp.reconcile(accountId, context),
    'sync.reconcileReport': ({ accountId }) => followUp.report(accountId),
  }
}

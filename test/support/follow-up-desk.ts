import { FollowUpService } from '#main/sync/follow-up/follow-up-service.ts'
import type { UpstreamAccount } from '#main/upstream/account.ts'
import type { SyncDesk } from './sync-desk.ts'

/** The follow-up over a sync desk, as main wires it. */
export function followUpOf(desk: SyncDesk, account: UpstreamAccount): FollowUpService {
  const off = new Set<string>()
  return new FollowUpService({
    sync: desk.service,
    database: async () => desk.database,
    credentials: async () => account,
    switches: {
      isOn: (accountId) => !off.has(accountId),
      set: (accountId, on) => void (on ? off.delete(accountId) : off.add(accountId)),
    },
  })
}

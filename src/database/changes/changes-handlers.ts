import type { changesRoutes } from '#shared/contract/changes.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { Session } from '../session.ts'
import { countUnread, markRead, visitFeed } from './feed-marks.ts'
import { readFeedPage } from './feed-page.ts'
import { readTransitions } from './moves.ts'

export function changesHandlers(session: () => Session): Handlers<typeof changesRoutes> {
  return {
    'changes.page': (input) => readFeedPage(session(), input),
    'changes.transitions': ({ accountId }) => readTransitions(session(), accountId),
    'changes.unread': ({ accountId }) => countUnread(session(), accountId),
    'changes.visit': async ({ accountId }) => {
      await visitFeed(session(), accountId)
      return {}
    },
    'changes.markRead': (input) => markRead(session(), input),
  }
}

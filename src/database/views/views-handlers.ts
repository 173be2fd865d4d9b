import type { viewRoutes } from '#shared/contract/views.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { OpenedDatabase } from '../opened-database.ts'
import { look, readRules, setRule } from './view-rules.ts'
import { readViews, removeView, renameView, reorderViews, saveView } from './views-table.ts'

export function viewsHandlers(opened: () => OpenedDatabase): Handlers<typeof viewRoutes> {
  const session = () => opened().session
  return {
    'views.list': ({ accountId }) => ({
      builtIn: readRules(session(), accountId),
      saved: readViews(session(), accountId),
    }),
    'views.counts': ({ accountId, today }) => opened().viewCounts.of(accountId, today),
    'views.save': (input) => saveView(session(), input),
    'views.rename': ({ accountId, id, name }) => nothing(renameView(session(), accountId, id, name)),
    'views.remove': ({ accountId, id }) => nothing(removeView(session(), accountId, id)),
    'views.reorder': ({ accountId, ids }) => nothing(reorderViews(session(), accountId, ids)),
    'views.setRule': ({ accountId, rule }) => nothing(setRule(session(), accountId, rule)),
    'views.look': ({ accountId }) => look(session(), accountId),
  }
}

async function nothing(work: Promise<void>): Promise<Record<string, never>> {
  await work
  return {}
}

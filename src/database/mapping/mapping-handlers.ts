import type { mappingDataRoutes } from '#shared/contract/mapping.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { OpenedDatabase } from '../opened-database.ts'
import { readSaved, saveRules } from './rules-table.ts'
import { listUnreadable } from './unreadable-items.ts'
import { viewMapping } from './view.ts'

export function mappingHandlers(opened: () => OpenedDatabase): Handlers<typeof mappingDataRoutes> {
  const session = () => opened().session
  return {
    'mapping.get': ({ accountId, type }) => readSaved(session(), accountId, type),
    'mapping.save': ({ accountId, type, rules }) => saveRules(session(), accountId, type, rules),
    'mapping.view': (input) => viewMapping(session(), input),
    'mapping.rerun': (input, context) => opened().rebuilder.run(input, context),
    'mapping.unreadable': (input) => listUnreadable(session(), input),
  }
}

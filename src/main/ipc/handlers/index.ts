import type { WindowRoutes } from '#shared/contract/index.ts'
import type { Handlers } from '#shared/rpc/route.ts'
import type { WindowParts } from '../window-parts.ts'
import { accountHandlers } from './account-handlers.ts'
import { annotationHandlers } from './annotation-handlers.ts'
import { backupHandlers } from './backup-handlers.ts'
import { clipboardHandlers } from './clipboard-handlers.ts'
import { changesHandlers } from './changes-handlers.ts'
import { exportHandlers } from './export-handlers.ts'
import { mappingHandlers } from './mapping-handlers.ts'
import { orderHandlers } from './order-handlers.ts'
import { receiverHandlers } from './receiver-handlers.ts'
import { settingsHandlers } from './settings-handlers.ts'
import { statisticsHandlers } from './statistics-handlers.ts'
import { syncHandlers } from './sync-handlers.ts'
import { viewHandlers } from './view-handlers.ts'

/** One handler for every route of the contract: a missing or an extra one does not compile. */
export function windowHandlers(parts: WindowParts): Handlers<WindowRoutes> {
  return {
    ...accountHandlers(parts),
    ...orderHandlers(parts),
    ...viewHandlers(parts),
    ...annotationHandlers(parts),
    ...changesHandlers(parts),
    ...statisticsHandlers(parts),
    ...clipboardHandlers(parts),
    ...mappingHandlers(parts),
    ...syncHandlers(parts),
    ...exportHandlers(parts),
    ...settingsHandlers(parts),
    ...backupHandlers(parts),
    ...receiverHandlers(parts),
  }
}

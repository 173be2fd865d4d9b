import { accountEvents, accountRoutes } from './accounts.ts'
import { annotationRoutes } from './annotations.ts'
import { backupsEvents, backupsRoutes } from './backups.ts'
import { clipboardRoutes } from './clipboard.ts'
import { changesRoutes } from './changes.ts'
import { exportRoutes } from './exports.ts'
import { mappingRoutes } from './mapping.ts'
import { orderEvents, orderRoutes } from './orders.ts'
import { receiverEvents, receiverRoutes } from './receiver.ts'
import { settingsEvents, settingsRoutes } from './settings.ts'
import { statisticsEvents, statisticsRoutes } from './statistics.ts'
import { syncEvents, syncRoutes } from './sync.ts'
import { viewRoutes } from './views.ts'

/** Everything the window can ask of main, in one flat map. */
export const windowRoutes = {
  ...accountRoutes,
  ...orderRoutes,
  ...viewRoutes,
  ...annotationRoutes,
  ...changesRoutes,
  ...statisticsRoutes,
  ...clipboardRoutes,
  ...syncRoutes,
  ...exportRoutes,
  ...mappingRoutes,
  ...settingsRoutes,
  ...backupsRoutes,
  ...receiverRoutes,
} as const
export type WindowRoutes = typeof windowRoutes

/** Everything main tells the window. */
export const windowEvents = {
  ...accountEvents,
  ...orderEvents,
  ...statisticsEvents,
  ...syncEvents,
  ...settingsEvents,
  ...backupsEvents,
  ...receiverEvents,
} as const
export type WindowEvents = typeof windowEvents

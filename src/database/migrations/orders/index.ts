import { ordersMigration } from './0001-orders.ts'
import { viewsAndExportsMigration } from './0002-views-and-exports.ts'
import { rangesAndFollowUpMigration } from './0003-ranges-and-follow-up.ts'
import { pushesMigration } from './0004-pushes.ts'
import { mappingsMigration } from './0005-mappings.ts'
import { ordersWithoutCreationMigration } from './0006-orders-without-creation.ts'
import { callbackPartsMigration } from './0007-callback-parts.ts'
import { searchAndViewsMigration } from './0008-search-and-views.ts'
import { annotationsAndChangesMigration } from './0009-annotations-and-changes.ts'
import { statisticsMigration } from './0010-statistics.ts'
import { searchAnnotationsMigration } from './0011-search-annotations.ts'

/** The orders file's schema, oldest step first. */
export const ordersMigrations = [
  ordersMigration,
  viewsAndExportsMigration,
  rangesAndFollowUpMigration,
  pushesMigration,
  mappingsMigration,
  ordersWithoutCreationMigration,
  callbackPartsMigration,
  searchAndViewsMigration,
  annotationsAndChangesMigration,
  statisticsMigration,
  searchAnnotationsMigration,
] as const

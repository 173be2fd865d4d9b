import { ordersMigration } from './0001-orders.ts'
import { viewsAndExportsMigration } from './0002-views-and-exports.ts'

/** The orders file's schema, oldest step first. */
export const ordersMigrations = [ordersMigration, viewsAndExportsMigration] as const

import type { Migration } from '../migration.ts'

/** The few orders whose creation time the upstream never gave, so that the others are counted by an index alone. */
export const ordersWithoutCreationMigration: Migration = {
  number: 6,
  name: 'orders-without-creation',
  sql: `
CREATE INDEX orders_without_creation ON orders (account, type, placed_at) WHERE created_at IS NULL;
`,
}

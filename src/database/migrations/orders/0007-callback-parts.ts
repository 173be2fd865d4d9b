import type { Migration } from '../migration.ts'

/** Elements of status callbacks that name their order only by its own number are kept and matched as pushes are. */
export const callbackPartsMigration: Migration = {
  number: 7,
  name: 'callback-parts',
  sql: `
-- the run whose status callback (channel 2) told of it, push_uid being its reply's; null: it was pushed
ALTER TABLE pushed_items ADD COLUMN run INTEGER;
`,
}

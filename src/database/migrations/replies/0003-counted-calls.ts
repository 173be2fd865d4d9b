import type { Migration } from '../migration.ts'

/** How many calls were counted, beside the orders that count them: what is known where those can no longer be read. */
export const countedCallsMigration: Migration = {
  number: 3,
  name: 'counted-calls',
  sql: `
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE counted_calls (
  -- one that made them; accounts of one key count together
  account_id TEXT NOT NULL,
  key_fingerprint TEXT NOT NULL,
  day TEXT NOT NULL,
  -- all calls of that key on that day
  used INTEGER NOT NULL,
  PRIMARY KEY (account_id, key_fingerprint, day)
) STRICT, WITHOUT ROWID;
`,
}

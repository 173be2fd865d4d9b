import type { Migration } from '../migration.ts'

/** Raw bodies that upstreams pushed, compressed. Each knows by itself whose it is and how it came. */
export const pushesMigration: Migration = {
  number: 2,
  name: 'pushes',
  sql: `
CREATE TABLE pushes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uid TEXT NOT NULL UNIQUE,
  account_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  -- the last pull whose reply had arrived before
  after_attempt INTEGER NOT NULL,
  method TEXT NOT NULL,
  content_type TEXT NOT NULL,
  -- the query as it came, without the path
  query TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  -- raw deflate of the body as it came
  data BLOB NOT NULL,
  merged INTEGER NOT NULL DEFAULT 0,
  -- 1: something in it has no order yet or could not be read, so it is kept for ever
  keep INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX pushes_unmerged ON pushes (id) WHERE merged = 0;
CREATE INDEX pushes_by_age ON pushes (received_at);
CREATE INDEX pushes_by_account ON pushes (account_id);
`,
}

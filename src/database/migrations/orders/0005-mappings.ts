import type { Migration } from '../migration.ts'

/**
 * What the merchant decided about how replies are read, and unreadable items folded: the same element seen again in
 * later replies is one row that says when and how often.
 */
export const mappingsMigration: Migration = {
  number: 5,
  name: 'mappings',
  sql: `
CREATE TABLE mappings (
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  -- as JSON; an older app cannot have written what a newer one does not read
  rules TEXT NOT NULL,
  saved_at INTEGER NOT NULL,
  -- the rules by which orders were last rebuilt; null: never, so by none
  applied TEXT,
  PRIMARY KEY (account, type)
) STRICT, WITHOUT ROWID;

ALTER TABLE unreadable_items ADD COLUMN last_seen_at INTEGER;
ALTER TABLE unreadable_items ADD COLUMN times INTEGER NOT NULL DEFAULT 1;
CREATE INDEX unreadable_items_by_original ON unreadable_items (account, type, length(original), substr(original, 1, 64));

UPDATE unreadable_items SET times = same.times, last_seen_at = same.last_seen_at FROM (
  SELECT min(id) AS id, count(*) AS times, max(seen_at) AS last_seen_at FROM unreadable_items
  GROUP BY account, type, original) AS same
WHERE unreadable_items.id = same.id;
DELETE FROM unreadable_items WHERE last_seen_at IS NULL;
`,
}

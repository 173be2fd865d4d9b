import type { Migration } from '../migration.ts'

const left = 'left_annotations l WHERE l.account = NEW.account AND l.type = NEW.type AND l.order_no = NEW.order_no'
const takeUp = `WHEN EXISTS (SELECT 1 FROM ${left})
BEGIN
  UPDATE orders SET (note, tags, flag) = (
    SELECT coalesce(NEW.note, l.note), coalesce(NEW.tags, l.tags), coalesce(NEW.flag, l.flag) FROM ${left}
  ) WHERE id = NEW.id;
  DELETE FROM left_annotations WHERE account = NEW.account AND type = NEW.type AND order_no = NEW.order_no;
END;`

/**
 * The merchant's own note, tags and flag of an order; the feed of changes, newest first, and what of it was read.
 * A change carries its order's account and type, which never differ from the order's, so that the feed is read from
 * one index.
 */
export const annotationsAndChangesMigration: Migration = {
  number: 9,
  name: 'annotations-and-changes',
  sql: `
ALTER TABLE orders ADD COLUMN note TEXT;
-- one tag a line, in the order in which they were added
ALTER TABLE orders ADD COLUMN tags TEXT;
ALTER TABLE orders ADD COLUMN flag TEXT;
CREATE INDEX orders_tagged ON orders (account, tags) WHERE tags IS NOT NULL;
CREATE INDEX orders_flagged ON orders (account, flag) WHERE flag IS NOT NULL;

-- of orders that a re-run took away: an order of that number has them again when it comes back
CREATE TABLE left_annotations (
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  order_no TEXT NOT NULL,
  note TEXT,
  tags TEXT,
  flag TEXT,
  PRIMARY KEY (account, type, order_no)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER annotated_again AFTER INSERT ON orders ${takeUp}
CREATE TRIGGER annotated_under_number AFTER UPDATE OF order_no ON orders ${takeUp}

ALTER TABLE status_changes ADD COLUMN account INTEGER NOT NULL DEFAULT 0;
ALTER TABLE status_changes ADD COLUMN type INTEGER NOT NULL DEFAULT 0;
UPDATE status_changes SET account = o.account, type = o.type FROM orders o WHERE o.id = status_changes.order_id;
-- what was seen for the first time is no change
CREATE INDEX changes_by_time ON status_changes (account, seen_at, id) WHERE had_before = 1;
CREATE INDEX changes_backward ON status_changes (account, seen_at, id) WHERE had_before = 1 AND backward = 1;
CREATE INDEX changes_by_move ON status_changes (account, axis, type, coalesce(to_word, to_code),
  coalesce(from_word, from_code), seen_at, id) WHERE had_before = 1;

CREATE TABLE feed_marks (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  -- epoch ms: changes seen until then are read; the newest change that the last visit could see
  read_at INTEGER NOT NULL DEFAULT 0,
  visited_at INTEGER
) STRICT;
INSERT INTO feed_marks (account, read_at)
  SELECT account, max(seen_at) FROM status_changes WHERE had_before = 1 GROUP BY account;
-- read one by one since then; ids of changes that a re-run replaced mean nothing any more
CREATE TABLE read_changes (
  change_id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL
) STRICT;
CREATE INDEX read_changes_by_account ON read_changes (account);
`,
}

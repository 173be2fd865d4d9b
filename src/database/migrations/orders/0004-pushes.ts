import type { Migration } from '../migration.ts'

/**
 * What upstreams push to the receiver, and orders that no full reply has shown yet. The raw body of a push lies in the
 * replies file; here is what was read from it, one row for each order that it speaks of.
 */
export const pushesMigration: Migration = {
  number: 4,
  name: 'pushes',
  sql: `
CREATE TABLE pushed_items (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  -- the push in the replies file, and the place within it
  push_uid TEXT NOT NULL,
  position INTEGER NOT NULL,
  -- of account and element: the same event again is one row
  digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('merged', 'unmatched', 'several', 'product', 'unreadable')),
  received_at INTEGER NOT NULL,
  last_received_at INTEGER NOT NULL,
  repeats INTEGER NOT NULL DEFAULT 0,
  -- the last pull whose reply had arrived before the push
  after_attempt INTEGER NOT NULL,
  order_no TEXT,
  own_no TEXT,
  -- the fields and axes it names, as JSON; the element as it was pushed
  said TEXT NOT NULL,
  original TEXT NOT NULL,
  order_id INTEGER,
  -- range reads that were made to find its order
  reads INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX pushed_items_by_account ON pushed_items (account, id);
CREATE INDEX pushed_items_by_push ON pushed_items (push_uid);
CREATE INDEX pushed_items_by_digest ON pushed_items (account, digest, id);
CREATE INDEX pushed_items_by_order ON pushed_items (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX pushed_items_waiting_by_order_no ON pushed_items (account, order_no)
  WHERE state IN ('unmatched', 'several');
CREATE INDEX pushed_items_waiting_by_own_no ON pushed_items (account, own_no)
  WHERE state IN ('unmatched', 'several');

-- 1: at least one push was merged into it
ALTER TABLE orders ADD COLUMN pushed INTEGER NOT NULL DEFAULT 0;
-- 1: only status callbacks (channel 2) have told of it so far
ALTER TABLE orders ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;
-- range reads that were made to read it in full
ALTER TABLE orders ADD COLUMN full_reads INTEGER NOT NULL DEFAULT 0;
CREATE INDEX orders_partial ON orders (account, type) WHERE partial = 1;
CREATE INDEX orders_by_own_no ON orders (account, own_no) WHERE own_no IS NOT NULL;

-- the pushed item that brought this change; null: a pull did
ALTER TABLE status_changes ADD COLUMN push INTEGER;
`,
}

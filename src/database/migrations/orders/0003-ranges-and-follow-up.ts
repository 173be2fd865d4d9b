import type { Migration } from '../migration.ts'

/**
 * What of a wanted range is still unread, what replies held (to tell capped ones), what they taught about start and
 * end, and what a reconcile found. Order ids carry no reference: what is noted of an order must never keep it from
 * being deleted.
 */
export const rangesAndFollowUpMigration: Migration = {
  number: 3,
  name: 'ranges-and-follow-up',
  sql: `
-- each window that is read takes its part away, in the transaction that merges it
CREATE TABLE unread_ranges (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES accounts (id),
  type INTEGER NOT NULL,
  channel TEXT NOT NULL,
  range_from TEXT NOT NULL,
  range_to TEXT NOT NULL,
  wanted_at INTEGER NOT NULL
) STRICT;
CREATE INDEX unread_ranges_by_account ON unread_ranges (account, type, channel);

-- null: merged before these columns were there
ALTER TABLE merged_replies ADD COLUMN request INTEGER;
ALTER TABLE merged_replies ADD COLUMN received INTEGER;
ALTER TABLE merged_replies ADD COLUMN total INTEGER;
CREATE INDEX merged_replies_by_received ON merged_replies (account, received) WHERE received > 0;
CREATE INDEX merged_replies_by_total ON merged_replies (account, total) WHERE total > 0;
CREATE INDEX merged_replies_by_time ON merged_replies (account, merged_at);

-- elements of ranged replies, by which of their times lay within the window that was asked
CREATE TABLE range_evidence (
  account INTEGER PRIMARY KEY REFERENCES accounts (id),
  created_only INTEGER NOT NULL DEFAULT 0,
  updated_only INTEGER NOT NULL DEFAULT 0,
  created_inside INTEGER NOT NULL DEFAULT 0,
  created_outside INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE reconcile_findings (
  run INTEGER NOT NULL REFERENCES sync_runs (id),
  order_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('new', 'changed', 'gone')),
  PRIMARY KEY (run, order_id)
) STRICT, WITHOUT ROWID;

-- complete reads that should have held the order and did not; void as soon as a later pull holds it again
CREATE TABLE absences (
  order_id INTEGER PRIMARY KEY,
  pull_order INTEGER NOT NULL,
  reads INTEGER NOT NULL,
  run INTEGER NOT NULL,
  gone_at INTEGER
) STRICT;
`,
}

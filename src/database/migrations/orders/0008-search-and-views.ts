import type { Migration } from '../migration.ts'

const searched = 'order_no, own_no, customer_name, phone, produced_number, tracking_no, product_name, remark'
  .split(', ')
  .map((column) => [`OLD.${column}`, `NEW.${column}`] as const)
const before = searched.map(([old]) => old).join(', ')
const after = searched.map(([, fresh]) => fresh).join(', ')

/**
 * Search over any part of a text, the parameters of the built-in views, and the indexes from which these are counted.
 * Writing orders only notes which of them wait: the search index is caught up in the background, a file of an older
 * version too, and until then those that wait are looked at one by one.
 */
export const searchAndViewsMigration: Migration = {
  number: 8,
  name: 'search-and-views',
  sql: `
-- every three characters of an order's searched texts, each text ended by a line feed
CREATE VIRTUAL TABLE order_search USING fts5 (
  document, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none
);
CREATE VIRTUAL TABLE order_search_terms USING fts5vocab (order_search, row);

-- orders, deleted ones too, that the index does not hold as they are
CREATE TABLE search_waiting (order_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO search_waiting SELECT id FROM orders;
CREATE TRIGGER search_for_new AFTER INSERT ON orders
  BEGIN INSERT OR IGNORE INTO search_waiting VALUES (NEW.id); END;
CREATE TRIGGER search_for_changed AFTER UPDATE OF ${searched.map(([old]) => old.slice(4)).join(', ')} ON orders
  WHEN (${before}) IS NOT (${after})
  BEGIN INSERT OR IGNORE INTO search_waiting VALUES (NEW.id); END;
CREATE TRIGGER search_for_deleted AFTER DELETE ON orders
  BEGIN INSERT OR IGNORE INTO search_waiting VALUES (OLD.id); END;

CREATE UNIQUE INDEX views_by_name ON views (account, name);

-- parameters of built-in views that the merchant set, as JSON; when he last looked is one of them
CREATE TABLE view_rules (
  account INTEGER NOT NULL REFERENCES accounts (id),
  rule TEXT NOT NULL,
  settings TEXT NOT NULL,
  PRIMARY KEY (account, rule)
) STRICT, WITHOUT ROWID;

-- one a built-in view: small, because an order is in few of them
CREATE INDEX orders_by_first_seen ON orders (account, first_seen_at, type, stage);
CREATE INDEX orders_changed_later ON orders (account, changed_at) WHERE changed_at > first_seen_at;
CREATE INDEX orders_gone_backward ON orders (account, stage) WHERE backward = 1;
CREATE INDEX orders_shipped ON orders (account, shipped_at, changed_at) WHERE stage = 'shipped';
CREATE INDEX orders_activated ON orders (account, activated_at, changed_at) WHERE stage = 'activated';
CREATE INDEX orders_first_recharge ON orders (account, CAST(recharge_amount AS REAL))
  WHERE stage IN ('activated', 'recharged', 'settlementFailed') AND recharge_amount IS NOT NULL;
`,
}
